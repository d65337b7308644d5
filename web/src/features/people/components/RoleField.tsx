import type { Role } from "@/api/types";
import { SelectField } from "@/ui/Field";
import { ROLES } from "../model/roles";

interface RoleFieldProps {
  role: Role;
  onRole: (role: Role) => void;
  /** What else has to be known before it is changed. */
  hint?: string;
  error?: string | undefined;
}

/** A choice of a role, with what the chosen one means below. */
export function RoleField({ role, onRole, hint = "", error }: RoleFieldProps) {
  const means = ROLES.find((one) => one.role === role)?.means;
  return (
    <SelectField
      label="Role"
      value={role}
      onChange={(event) => onRole(event.target.value as Role)}
      hint={`${means} ${hint}`}
      error={error}
    >
      {ROLES.map(({ role, word }) => (
        <option key={role} value={role}>
          {word}
        </option>
      ))}
    </SelectField>
  );
}
