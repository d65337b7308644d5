import type { FormEvent } from "react";
import type { OrganizationSettings } from "@/api/types";
import { Button } from "@/ui/Button";
import { CheckField, CheckGroup } from "@/ui/CheckField";
import { ConflictDialog } from "@/ui/ConflictDialog";
import { Field } from "@/ui/Field";
import stack from "@/ui/FormStack.module.css";
import { Notice } from "@/ui/Notice";
import { SaveButtons } from "@/ui/SaveButtons";
import { TimeZoneField } from "@/ui/TimeZoneField";
import { showToast } from "@/ui/toastStore";
import { UnsavedChanges } from "@/ui/UnsavedChanges";
import { type Part, useOrganizationDraft } from "../hooks/useOrganizationDraft";
import { DAYS, PROFILE_WORDS, type Profile, profileChange, profileOf, profileWord } from "../model/parts";
import styles from "./OrganizationForm.module.css";

const PART: Part<Profile> = {
  keys: ["name", "timeZone", "start", "end", "days"],
  read: profileOf,
  change: profileChange,
};

/** The organization's name, time zone and working hours. */
export function OrganizationForm({ settings }: { settings: OrganizationSettings }) {
  const form = useOrganizationDraft(PART, settings);
  const { draft, change, isChanged, wrong, saving } = form;
  const isOverMidnight = draft.end <= draft.start;

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (saving.isPending || !isChanged) return;
    const before = profileOf(settings);
    form.save(draft, form.base.version, ({ version }) =>
      showToast("The organization is saved.", { undo: () => form.save(before, version) }),
    );
  }

  function toggle(day: number, isOn: boolean): void {
    const others = draft.days.filter((one) => one !== day);
    change({ days: (isOn ? [...others, day] : others).sort((a, b) => a - b) });
  }

  return (
    <form className={stack.stack} onSubmit={onSubmit}>
      <UnsavedChanges isUnsaved={isChanged} />
      {form.error && <Notice tone="error">{form.error.message}</Notice>}
      {form.isOutdated && (
        <Notice tone="warning" action={<Button onClick={() => form.setComparing(true)}>See both versions</Button>}>
          Somebody else saved the organization meanwhile. What you typed is still here.
        </Notice>
      )}
      <Field
        label="Name"
        required
        maxLength={200}
        value={draft.name}
        onChange={(event) => change({ name: event.target.value })}
        error={wrong.name}
      />
      <TimeZoneField zone={draft.timeZone} onChoose={(timeZone) => change({ timeZone })} error={wrong.timeZone} />
      <div className={styles.hours}>
        <Field
          label="Work begins"
          type="time"
          required
          value={draft.start}
          onChange={(event) => change({ start: event.target.value })}
          error={wrong["workingHours.start"]}
        />
        <Field
          label="Work ends"
          type="time"
          required
          value={draft.end === "24:00" ? "00:00" : draft.end}
          onChange={(event) => change({ end: event.target.value })}
          hint={isOverMidnight && "On the next day."}
          error={wrong["workingHours.end"]}
        />
      </div>
      <CheckGroup
        legend="Working days"
        hint="Alerts such as “not logged in” look at these days and hours. They limit nothing."
      >
        <div className={styles.days}>
          {DAYS.map(({ day, word }) => (
            <CheckField
              key={day}
              label={word}
              checked={draft.days.includes(day)}
              onChange={(event) => toggle(day, event.target.checked)}
            />
          ))}
        </div>
      </CheckGroup>
      <SaveButtons
        word="Save organization"
        isChanged={isChanged}
        isSaving={saving.isPending}
        onDiscard={() => form.restart()}
      />
      {form.isComparing && (
        <ConflictDialog
          what="the organization"
          who={undefined}
          differences={form.differences}
          label={(key) => PROFILE_WORDS[key]}
          say={profileWord}
          isPending={saving.isPending}
          error={form.error}
          onSave={form.saveChosen}
          onClose={() => form.setComparing(false)}
        />
      )}
    </form>
  );
}
