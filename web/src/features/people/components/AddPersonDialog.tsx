import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Role, Team } from "@/api/types";
import { ApiError } from "@/lib/http/apiError";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field, SelectField } from "@/ui/Field";
import stack from "@/ui/FormStack.module.css";
import { Notice } from "@/ui/Notice";
import { PasswordField } from "@/ui/PasswordField";
import { addEmployee, refreshPeople } from "../api/employees";
import { invite } from "../api/invites";
import { InviteLink } from "./InviteLink";
import { RoleField } from "./RoleField";

interface AddPersonDialogProps {
  teams: readonly Team[];
  /** Whether other roles than employee may be given. */
  canGrant: boolean;
  onClose: () => void;
}

/** Makes an account. The person appears on the board by itself. */
export function AddPersonDialog({ teams, canGrant, onClose }: AddPersonDialogProps) {
  const queryClient = useQueryClient();
  const [role, setRole] = useState<Role>("employee");
  const [way, setWay] = useState<"invite" | "password">("invite");
  const inviting = useMutation({ mutationFn: invite, onSuccess: () => refreshPeople(queryClient) });
  const adding = useMutation({
    mutationFn: (form: FormData) =>
      addEmployee({
        employeeId: text(form, "employeeId") || null,
        name: text(form, "name"),
        email: text(form, "email"),
        teamId: text(form, "team") || null,
        role,
        password: way === "password" ? String(form.get("password")) : null,
      }),
    onSuccess: ({ employeeId }) => {
      void refreshPeople(queryClient);
      if (way === "invite") inviting.mutate(employeeId);
      else onClose();
    },
  });
  const wrong = adding.error instanceof ApiError ? adding.error.fields : {};

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (!adding.isPending) adding.mutate(new FormData(event.currentTarget));
  }

  if (adding.data && way === "invite") {
    const { name, employeeId } = adding.data;
    const again = <Button onClick={() => inviting.mutate(employeeId)}>Try again</Button>;
    return (
      <Dialog title={`${name} is added`} onClose={onClose}>
        <div className={stack.stack}>
          {inviting.error && (
            <Notice tone="error" action={again}>
              {`There is no invite link yet. ${inviting.error.message}`}
            </Notice>
          )}
          {inviting.isPending && <p>Making the invite link…</p>}
          {inviting.data && <InviteLink invite={inviting.data} name={name} />}
          <div className={stack.buttons}>
            <Button look="primary" onClick={onClose}>
              Done
            </Button>
          </div>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title="Add a person" onClose={onClose}>
      <form className={stack.stack} onSubmit={onSubmit}>
        {adding.error && <Notice tone="error">{adding.error.message}</Notice>}
        <Field label="Name" name="name" autoComplete="off" required maxLength={200} error={wrong.name} />
        <Field
          label="E-mail"
          name="email"
          type="email"
          autoComplete="off"
          required
          maxLength={254}
          error={wrong.email}
        />
        <Field
          label="Employee ID"
          name="employeeId"
          autoComplete="off"
          maxLength={64}
          pattern="[A-Za-z0-9._\-]+"
          title="Letters, digits, dot, underscore or hyphen"
          hint="Your own code, such as INT2607. Left empty, the hub gives a number."
          error={wrong.employeeId}
        />
        {teams.length > 0 && (
          <SelectField label="Team" name="team" defaultValue={canGrant ? "" : teams[0]?.id} error={wrong.teamId}>
            {canGrant && <option value="">No team</option>}
            {teams.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
        )}
        {canGrant && <RoleField role={role} onRole={setRole} error={wrong.role} />}
        <SelectField
          label="Sign-in"
          name="way"
          value={way}
          onChange={(event) => setWay(event.target.value as typeof way)}
          hint={way === "invite" ? "They choose a password. You get the link in the next step." : undefined}
        >
          <option value="invite">With an invite link</option>
          <option value="password">With a first password</option>
        </SelectField>
        {way === "password" && (
          <PasswordField
            label="First password"
            name="password"
            autoComplete="new-password"
            required
            minLength={12}
            hint="At least 12 characters. Hand it over yourself: it is never shown again."
            error={wrong.password}
          />
        )}
        <div className={stack.buttons}>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" disabled={adding.isPending}>
            {adding.isPending ? "Adding…" : "Add person"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function text(form: FormData, name: string): string {
  return String(form.get(name) ?? "").trim();
}
