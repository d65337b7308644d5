import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { AlertRules } from "@/api/types";
import { ApiError } from "@/lib/http/apiError";
import { Button } from "@/ui/Button";
import { Card, CardNote } from "@/ui/Card";
import { Notice } from "@/ui/Notice";
import { showToast } from "@/ui/toastStore";
import { alertSettingsQuery, saveAlertSettings } from "../api/alertSettings";
import { AlertSettingsForm } from "./AlertSettingsForm";
import styles from "./AlertSettingsForm.module.css";

/** Which alerts an organization wants. For administrators. */
export function AlertSettingsCard() {
  const query = useQuery({ ...alertSettingsQuery, staleTime: Number.POSITIVE_INFINITY });
  const queryClient = useQueryClient();
  /** Which version the form began with, and which one it has saved since: that one stands in it already. */
  const [own, setOwn] = useState<{ began: number; saved: number }>();
  const formOf = (version: number) => (own?.saved === version ? own.began : version);
  const saving = useMutation({
    mutationFn: ({ wanted }: { wanted: AlertRules; before?: AlertRules }) => saveAlertSettings(wanted),
    onSuccess: (saved, { before }) => {
      if (before) setOwn({ began: formOf(before.version), saved: saved.version });
      queryClient.setQueryData(alertSettingsQuery.queryKey, saved);
      const undo = before && (() => saving.mutate({ wanted: { ...before, version: saved.version } }));
      showToast("Alert settings saved.", undo && { undo });
    },
  });
  const settings = query.data;
  const isConflict = saving.error instanceof ApiError && saving.error.code === "conflict";
  const fields = saving.error instanceof ApiError ? saving.error.fields : {};
  function readAgain(): void {
    saving.reset();
    void query.refetch();
  }
  return (
    <Card title="Which alerts there are">
      <CardNote>
        Managers see those of their teams, administrators all, and everybody their own: nobody is reported behind their
        back.
      </CardNote>
      {query.error && !settings && (
        <Notice tone="error" action={<Button onClick={() => void query.refetch()}>Try again</Button>}>
          {query.error.message}
        </Notice>
      )}
      {saving.error && (
        <Notice tone="error" action={isConflict && <Button onClick={readAgain}>Show theirs</Button>}>
          {isConflict
            ? "Somebody else has changed these settings meanwhile. Look at theirs, then change what you want."
            : saving.error.message}
        </Notice>
      )}
      {settings ? (
        <AlertSettingsForm
          key={formOf(settings.version)}
          settings={settings}
          wrong={fields}
          isSaving={saving.isPending}
          onSave={(wanted, onSaved) => saving.mutate({ wanted, before: settings }, { onSuccess: onSaved })}
        />
      ) : (
        !query.error && <div className={styles.skeleton} aria-hidden="true" />
      )}
    </Card>
  );
}
