import type { EmployeeId, PolicyScope, TeamId } from "@/api/types";
import { ORGANIZATION } from "./inheritance";

/** Whose policy, as in the address: `?team=…` or `?employee=INT2607`; without both the organization's. */
export interface PolicySearch {
  team?: TeamId;
  employee?: EmployeeId;
}

/** Reads what may be anything, drops what makes no sense; a person goes before a team. */
export function parsePolicySearch(search: Record<string, unknown>): PolicySearch {
  // The router reads `?employee=2607` as a number.
  const employee = search.employee == null ? undefined : /^[\w.-]{1,64}$/.exec(String(search.employee))?.[0];
  const team = typeof search.team === "string" && search.team !== "" ? search.team : undefined;
  return employee === undefined ? { team } : { employee };
}

export function scopeOf({ team, employee }: PolicySearch): PolicyScope {
  if (employee !== undefined) return { employee };
  return team === undefined ? ORGANIZATION : { team };
}
