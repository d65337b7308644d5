import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { PolicyScope, PolicySettings, PolicyView } from "@/api/types";
import { mergeChanges } from "@/lib/change/mergeChanges";
import { useVersionedDraft } from "@/lib/change/useVersionedDraft";
import { ApiError } from "@/lib/http/apiError";
import { Button } from "@/ui/Button";
import { ConflictDialog, type Side } from "@/ui/ConflictDialog";
import { Notice } from "@/ui/Notice";
import { SaveButtons } from "@/ui/SaveButtons";
import { showToast } from "@/ui/toastStore";
import { UnsavedChanges } from "@/ui/UnsavedChanges";
import { POLICY_KEY, policyQuery, putPolicy } from "../api/policy";
import { ownLayer, scopeKey } from "../model/inheritance";
import { SETTING_KEYS, SETTINGS, type SettingKey, settingWord, valueWord } from "../model/settings";
import styles from "./PolicyEditor.module.css";
import { PolicySetting } from "./PolicySetting";

interface PolicyEditorProps {
  scope: PolicyScope;
  view: PolicyView;
  /** Whose policy, in the middle of a sentence: `the policy of Support`. */
  what: string;
}

/** What one layer decides, setting by setting, with what it would inherit. Two people may edit it: the second one is told. */
export function PolicyEditor({ scope, view, what }: PolicyEditorProps) {
  const queryClient = useQueryClient();
  const { queryKey } = policyQuery(scope);
  const current = ownLayer(view.layers, scope);
  const { base, draft, change, isChanged, isOutdated, restart } = useVersionedDraft(current);
  const [isComparing, setComparing] = useState(false);
  const own = view.layers.find((layer) => scopeKey(layer.scope) === scopeKey(scope));
  const who = own?.changedByName ?? own?.changedBy ?? undefined;

  const saving = useMutation({
    mutationFn: ({ settings, expectedVersion }: { settings: PolicySettings; expectedVersion: number }) =>
      putPolicy({ scope, settings, expectedVersion }),
    onSuccess: async (layer) => {
      restart({ settings: layer.settings, version: layer.version });
      setComparing(false);
      await queryClient.invalidateQueries({ queryKey: POLICY_KEY });
    },
    onError: async (error) => {
      if (!isConflict(error)) return;
      // Shows what the other person saved; the draft stays as it is.
      await queryClient.refetchQueries({ queryKey });
      setComparing(true);
    },
  });

  function save(settings: PolicySettings, expectedVersion: number): void {
    const before = current.settings;
    saving.mutate(
      { settings, expectedVersion },
      {
        onSuccess: ({ version }) =>
          showToast("The policy is saved. Running agents follow at once.", {
            undo: () => saving.mutate({ settings: before, expectedVersion: version }),
          }),
      },
    );
  }

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (!saving.isPending && isChanged) save(draft, base.version);
  }

  function saveChosen(sides: Readonly<Record<SettingKey, Side>>): void {
    const chosen = SETTING_KEYS.map((key) => [key, sides[key] === "mine" ? draft[key] : current.settings[key]]);
    save(Object.fromEntries(chosen) as PolicySettings, current.version);
  }

  const wrong = saving.error instanceof ApiError ? saving.error.fields : {};
  // A conflict is shown as two versions; where there are none to choose from, such as after an undo, as what it is.
  const plainError = saving.error && !(isConflict(saving.error) && isOutdated) ? saving.error : undefined;
  return (
    <form onSubmit={onSubmit}>
      <UnsavedChanges isUnsaved={isChanged} lostWith="address" />
      {plainError && <Notice tone="error">{plainError.message}</Notice>}
      {isOutdated && (
        <div className={styles.notice}>
          <Notice tone="warning" action={<Button onClick={() => setComparing(true)}>See both versions</Button>}>
            {`${who ?? "Somebody else"} saved ${what} meanwhile. What you chose is still here.`}
          </Notice>
        </div>
      )}
      <div className={styles.settings}>
        {SETTINGS.map((setting) => (
          <PolicySetting
            key={setting.key}
            setting={setting}
            scope={scope}
            layers={view.layers}
            value={draft[setting.key]}
            onChange={(value) => change({ [setting.key]: value })}
            error={wrong[`settings.${setting.key}`]}
          />
        ))}
      </div>
      <SaveButtons word="Save policy" isChanged={isChanged} isSaving={saving.isPending} onDiscard={() => restart()} />
      {isComparing && isOutdated && (
        <ConflictDialog
          what={what}
          who={who}
          differences={mergeChanges(SETTING_KEYS, base.settings, current.settings, draft)}
          label={settingWord}
          say={valueWord}
          isPending={saving.isPending}
          error={plainError ?? null}
          onSave={saveChosen}
          onClose={() => setComparing(false)}
        />
      )}
    </form>
  );
}

function isConflict(error: unknown): boolean {
  return error instanceof ApiError && error.code === "conflict";
}
