import { type FormEvent, useState } from "react";
import type { AlertRules } from "@/api/types";
import { Button } from "@/ui/Button";
import { CheckField } from "@/ui/CheckField";
import { Field } from "@/ui/Field";
import stack from "@/ui/FormStack.module.css";
import { UnsavedChanges } from "@/ui/UnsavedChanges";
import { settingsOfForm } from "../model/alertSettings";
import styles from "./AlertSettingsForm.module.css";

interface AlertSettingsFormProps {
  settings: AlertRules;
  /** What the hub found wrong, by the name of the field. */
  wrong: Readonly<Record<string, string>>;
  isSaving: boolean;
  /** `onSaved`: what the form does once they are. */
  onSave: (settings: AlertRules, onSaved: () => void) => void;
}

/** Each kind of alert: whether there is one, and from when on. What is typed stays, and so does the focus when it is saved. */
export function AlertSettingsForm({ settings, wrong, isSaving, onSave }: AlertSettingsFormProps) {
  const [isTyped, setTyped] = useState(false);

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (isSaving) return;
    onSave(settingsOfForm(new FormData(event.currentTarget), settings.version), () => setTyped(false));
  }
  const { captureFailing, notLoggedIn, idleTooLong, agentOutdated } = settings;
  return (
    <form className={styles.kinds} onSubmit={onSubmit} onChange={() => setTyped(true)}>
      <UnsavedChanges isUnsaved={isTyped} />
      <fieldset className={styles.kind}>
        <CheckField
          label="Pictures fail"
          name="captureFailing"
          defaultChecked={captureFailing.enabled}
          hint="An agent could not take several pictures. Over when it takes one again."
        />
        <Minutes
          label="Failed pictures"
          name="captureFailing.failures"
          value={captureFailing.failures}
          max={100}
          wrong={wrong}
        />
        <Minutes
          label="Within minutes"
          name="captureFailing.withinMinutes"
          value={captureFailing.withinMinutes}
          wrong={wrong}
        />
      </fieldset>
      <fieldset className={styles.kind}>
        <CheckField
          label="Not signed in"
          name="notLoggedIn"
          defaultChecked={notLoggedIn.enabled}
          hint="Nobody was seen by the start of the working hours, on a working day. Over when they come."
        />
        <Minutes
          label="Minutes after the start"
          name="notLoggedIn.afterMinutes"
          value={notLoggedIn.afterMinutes}
          wrong={wrong}
        />
      </fieldset>
      <fieldset className={styles.kind}>
        <CheckField
          label="Idle for long"
          name="idleTooLong"
          defaultChecked={idleTooLong.enabled}
          hint="Without input while punched in, outside of breaks and meetings. Over with the next input."
        />
        <Minutes
          label="Minutes without input"
          name="idleTooLong.afterMinutes"
          value={idleTooLong.afterMinutes}
          wrong={wrong}
        />
      </fieldset>
      <fieldset className={styles.kind}>
        <CheckField
          label="Agent outdated"
          name="agentOutdated"
          defaultChecked={agentOutdated.enabled}
          hint="An agent connects that is older than the newest one under Downloads, or than this version."
        />
        <Field
          label="Oldest version"
          name="agentOutdated.minimumVersion"
          placeholder="The newest"
          autoComplete="off"
          maxLength={40}
          defaultValue={agentOutdated.minimumVersion ?? ""}
          error={wrong["agentOutdated.minimumVersion"]}
        />
      </fieldset>
      <div className={stack.buttons}>
        <Button look="primary" type="submit" aria-disabled={isSaving}>
          {isSaving ? "Saving…" : "Save"}
        </Button>
      </div>
    </form>
  );
}

interface MinutesProps {
  label: string;
  name: string;
  value: number;
  max?: number;
  wrong: Readonly<Record<string, string>>;
}

function Minutes({ label, name, value, max = 1_440, wrong }: MinutesProps) {
  return (
    <Field
      label={label}
      name={name}
      type="number"
      inputMode="numeric"
      required
      min={1}
      max={max}
      step={1}
      defaultValue={value}
      error={wrong[name]}
    />
  );
}
