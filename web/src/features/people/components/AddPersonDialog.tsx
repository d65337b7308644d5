import { useMutation } from "@tanstack/react-query";
import type { FormEvent } from "react";
import type { Role } from "@/api/types";
import { ApiError } from "@/lib/http/apiError";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field, SelectField } from "@/ui/Field";
import stack from "@/ui/FormStack.module.css";
import { Notice } from "@/ui/Notice";
import { PasswordField } from "@/ui/PasswordField";
import { addEmployee } from "../api/employees";

const ROLES: readonly { role: Role; word: string }[] = [
  { role: "employee", word: "Employee: sees only what is their own" },
  { role: "manager", word: "Manager: sees their teams" },
  { role: "admin", word: "Administrator: sees and changes everything" },
];

/** Makes an account. The person appears on the board by itself. */
export function AddPersonDialog({ onClose }: { onClose: () => void }) {
  const adding = useMutation({
    mutationFn: (form: FormData) =>
      addEmployee({
        employeeId: text(form, "employeeId"),
        name: text(form, "name"),
        email: text(form, "email"),
        role: text(form, "role") as Role,
        password: String(form.get("password")),
      }),
    onSuccess: onClose,
  });
  const wrong = adding.error instanceof ApiError ? adding.error.fields : {};

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (!adding.isPending) adding.mutate(new FormData(event.currentTarget));
  }

  return (
    <Dialog title="Add a person" onClose={onClose}>
      <form className={stack.stack} onSubmit={onSubmit}>
        {adding.error && <Notice tone="error">{adding.error.message}</Notice>}
        <Field label="Name" name="name" autoComplete="off" required maxLength={200} error={wrong.name} />
        <Field
          label="Employee ID"
          name="employeeId"
          autoComplete="off"
          required
          maxLength={64}
          pattern="[A-Za-z0-9._\-]+"
          title="Letters, digits, dot, underscore or hyphen"
          hint="Your own code, such as INT2607."
          error={wrong.employeeId}
        />
        <Field
          label="E-mail"
          name="email"
          type="email"
          autoComplete="off"
          required
          maxLength={254}
          error={wrong.email}
        />
        <SelectField label="Role" name="role" defaultValue="employee" error={wrong.role}>
          {ROLES.map(({ role, word }) => (
            <option key={role} value={role}>
              {word}
            </option>
          ))}
        </SelectField>
        <PasswordField
          label="First password"
          name="password"
          autoComplete="new-password"
          required
          minLength={12}
          hint="At least 12 characters. Hand it over yourself: it is never shown again."
          error={wrong.password}
        />
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
  return String(form.get(name)).trim();
}
