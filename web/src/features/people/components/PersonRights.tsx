import { type FormEvent, useState } from "react";
import type { Capability, Employee, Role, Team, TeamId } from "@/api/types";
import { isSame } from "@/lib/change/mergeChanges";
import { ApiError } from "@/lib/http/apiError";
import { Card } from "@/ui/Card";
import { CheckField, CheckGroup } from "@/ui/CheckField";
import stack from "@/ui/FormStack.module.css";
import { Notice } from "@/ui/Notice";
import { SaveButtons } from "@/ui/SaveButtons";
import { showToast } from "@/ui/toastStore";
import { UnsavedChanges } from "@/ui/UnsavedChanges";
import { usePersonChange } from "../hooks/usePersonChange";
import { CAPABILITIES, usualCapabilities } from "../model/roles";
import { RoleField } from "./RoleField";

interface Rights {
  role: Role;
  managedTeams: TeamId[];
  capabilities: Capability[];
}

function rightsOf({ role, managedTeams, capabilities }: Employee): Rights {
  return { role, managedTeams: [...managedTeams].sort(), capabilities: [...capabilities].sort() };
}

/** What one person may do: role, managed teams, capabilities. For administrators. */
export function PersonRights({ person, teams }: { person: Employee; teams: readonly Team[] }) {
  const saved = rightsOf(person);
  /** Only what was chosen: what somebody else changes meanwhile shows through. */
  const [edits, setEdits] = useState<Partial<Rights>>({});
  const draft = { ...saved, ...edits };
  const changing = usePersonChange(person);
  const wrong = changing.error instanceof ApiError ? changing.error.fields : {};
  const isChanged = !isSame(draft, saved);
  const isManager = draft.role === "manager";

  function toggle<Key extends "managedTeams" | "capabilities">(key: Key, value: Rights[Key][number], isOn: boolean) {
    const others = (draft[key] as string[]).filter((one) => one !== value);
    setEdits({ ...edits, [key]: (isOn ? [...others, value] : others).sort() });
  }

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (changing.isPending || !isChanged) return;
    changing.mutate(draft, {
      onSuccess: ({ name }) => {
        setEdits({});
        showToast(`The rights of ${name} are saved.`, { undo: () => changing.mutate(saved) });
      },
    });
  }

  return (
    <Card title="Role and rights">
      <form className={stack.stack} onSubmit={onSubmit}>
        <UnsavedChanges isUnsaved={isChanged} />
        {changing.error && <Notice tone="error">{changing.error.message}</Notice>}
        <RoleField
          role={draft.role}
          onRole={(role) => setEdits({ ...edits, role, capabilities: usualCapabilities(role).sort() })}
          hint="A change signs the person's open pages out and in again within seconds."
          error={wrong.role}
        />
        {isManager && (
          <CheckGroup legend="Teams that they manage" hint={teams.length === 0 && "There is no team yet."}>
            {teams.map(({ id, name }) => (
              <CheckField
                key={id}
                label={name}
                checked={draft.managedTeams.includes(id)}
                onChange={(event) => toggle("managedTeams", id, event.target.checked)}
              />
            ))}
          </CheckGroup>
        )}
        {draft.role !== "employee" && (
          <CheckGroup legend={isManager ? "What they may do in these teams" : "What they may do"}>
            {CAPABILITIES.map(({ capability, word, means }) => (
              <CheckField
                key={capability}
                label={word}
                hint={means}
                checked={draft.capabilities.includes(capability)}
                onChange={(event) => toggle("capabilities", capability, event.target.checked)}
              />
            ))}
          </CheckGroup>
        )}
        <SaveButtons isChanged={isChanged} isSaving={changing.isPending} onDiscard={() => setEdits({})} />
      </form>
    </Card>
  );
}
