import { type FormEvent, useState } from "react";
import type { Employee, Team } from "@/api/types";
import { isSame } from "@/lib/change/mergeChanges";
import { ApiError } from "@/lib/http/apiError";
import { Card } from "@/ui/Card";
import { Field, SelectField } from "@/ui/Field";
import stack from "@/ui/FormStack.module.css";
import { Notice } from "@/ui/Notice";
import { SaveButtons } from "@/ui/SaveButtons";
import { showToast } from "@/ui/toastStore";
import { UnsavedChanges } from "@/ui/UnsavedChanges";
import { usePersonChange } from "../hooks/usePersonChange";

interface PersonProfileProps {
  person: Employee;
  teams: readonly Team[];
  /** Whether somebody may be left without a team: then only administrators see them. */
  canUnteam: boolean;
}

/** Name, e-mail and team of one person. */
export function PersonProfile({ person, teams, canUnteam }: PersonProfileProps) {
  const saved = { name: person.name, email: person.email, teamId: person.teamId ?? "" };
  /** Only what was typed: what somebody else changes meanwhile shows through. */
  const [edits, setEdits] = useState<Partial<typeof saved>>({});
  const draft = { ...saved, ...edits };
  const changing = usePersonChange(person);
  const wrong = changing.error instanceof ApiError ? changing.error.fields : {};
  const isChanged = !isSame(draft, saved);

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (changing.isPending || !isChanged) return;
    const before = { ...saved, teamId: saved.teamId || null };
    changing.mutate(
      { name: draft.name, email: draft.email.trim(), teamId: draft.teamId || null },
      {
        onSuccess: ({ name }) => {
          setEdits({});
          showToast(`${name} is saved.`, { undo: () => changing.mutate(before) });
        },
      },
    );
  }

  return (
    <Card title="Profile">
      <form className={stack.stack} onSubmit={onSubmit}>
        <UnsavedChanges isUnsaved={isChanged} />
        {changing.error && <Notice tone="error">{changing.error.message}</Notice>}
        <Field
          label="Name"
          required
          maxLength={200}
          autoComplete="off"
          value={draft.name}
          onChange={(event) => setEdits({ ...edits, name: event.target.value })}
          error={wrong.name}
        />
        <Field
          label="E-mail"
          type="email"
          required
          maxLength={254}
          autoComplete="off"
          hint="What the person signs in with."
          value={draft.email}
          onChange={(event) => setEdits({ ...edits, email: event.target.value })}
          error={wrong.email}
        />
        <SelectField
          label="Team"
          value={draft.teamId}
          onChange={(event) => setEdits({ ...edits, teamId: event.target.value })}
          hint="The managers of the team see this person, and its policy holds."
          error={wrong.teamId}
        >
          {(canUnteam || saved.teamId === "") && <option value="">No team</option>}
          {teams.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
        <SaveButtons isChanged={isChanged} isSaving={changing.isPending} onDiscard={() => setEdits({})} />
      </form>
    </Card>
  );
}
