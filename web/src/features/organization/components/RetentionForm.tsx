import { type FormEvent, type ReactNode, useState } from "react";
import type { OrganizationSettings, Retention } from "@/api/types";
import { Button } from "@/ui/Button";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { ConflictDialog } from "@/ui/ConflictDialog";
import { Field } from "@/ui/Field";
import stack from "@/ui/FormStack.module.css";
import { Notice } from "@/ui/Notice";
import { SaveButtons } from "@/ui/SaveButtons";
import { showToast } from "@/ui/toastStore";
import { UnsavedChanges } from "@/ui/UnsavedChanges";
import { type Part, useOrganizationDraft } from "../hooks/useOrganizationDraft";
import { RETENTION_KINDS, retentionWord, shortened } from "../model/parts";
import styles from "./OrganizationForm.module.css";
import { RetentionConsequence } from "./RetentionConsequence";

const PART: Part<Retention> = {
  keys: ["screenshotsDays", "workDays", "auditDays"],
  read: ({ retention }) => retention,
  change: (retention) => ({ retention }),
};
/** Ten years, the hub's own bound. */
const DAYS_MAX = 3653;

/** For how long each kind of record is kept. Whoever shortens it is told first what would be deleted. */
export function RetentionForm({ settings }: { settings: OrganizationSettings }) {
  const form = useOrganizationDraft(PART, settings);
  const { draft, change, isChanged, wrong, saving } = form;
  const [isAsking, setAsking] = useState(false);
  const shorter = shortened(settings.retention, draft);

  function save(): void {
    form.save(draft, form.base.version, () => {
      setAsking(false);
      showToast("The retention is saved.");
    });
  }

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (saving.isPending || !isChanged) return;
    if (shorter.length > 0) setAsking(true);
    else save();
  }

  return (
    <form className={stack.stack} onSubmit={onSubmit}>
      <UnsavedChanges isUnsaved={isChanged} />
      {form.error && !isAsking && <Notice tone="error">{form.error.message}</Notice>}
      {form.isOutdated && (
        <Notice tone="warning" action={<Button onClick={() => form.setComparing(true)}>See both versions</Button>}>
          Somebody else saved the retention meanwhile. What you typed is still here.
        </Notice>
      )}
      {RETENTION_KINDS.map(({ key, word, means }) => (
        <Field
          key={key}
          label={`${word}: days`}
          type="number"
          inputMode="numeric"
          required
          min={1}
          max={DAYS_MAX}
          className={styles.number}
          value={Number.isNaN(draft[key]) ? "" : draft[key]}
          onChange={(event) => change({ [key]: event.target.valueAsNumber })}
          hint={hintFor(means, settings.retention[key], draft[key])}
          error={wrong[`retention.${key}`]}
        />
      ))}
      <p className={styles.note}>
        What is older is deleted within an hour. Each deletion of a picture leaves a receipt: what, when, why, and its
        hash.
      </p>
      <SaveButtons
        word="Save retention"
        isChanged={isChanged}
        isSaving={saving.isPending}
        onDiscard={() => form.restart()}
      />
      {isAsking && !form.isComparing && (
        <ConfirmDialog
          title="Delete what is older?"
          word="Save and delete"
          pendingWord="Saving…"
          isPending={saving.isPending}
          error={form.error}
          onConfirm={save}
          onClose={() => setAsking(false)}
        >
          <RetentionConsequence after={draft} shorter={shorter} />
        </ConfirmDialog>
      )}
      {form.isComparing && (
        <ConflictDialog
          what="the retention"
          who={undefined}
          differences={form.differences}
          label={(key) => RETENTION_KINDS.find((kind) => kind.key === key)?.word ?? key}
          say={retentionWord}
          isPending={saving.isPending}
          error={form.error}
          onSave={form.saveChosen}
          onClose={() => form.setComparing(false)}
        />
      )}
    </form>
  );
}

function hintFor(means: string, before: number, after: number): ReactNode {
  return after < before ? `${means} Shorter than before (${before}): what is older is deleted.` : means;
}
