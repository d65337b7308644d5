import type { Capability, Role } from "@/api/types";

/** `means`: a sentence. */
export const ROLES: readonly { role: Role; word: string; means: string }[] = [
  { role: "employee", word: "Employee", means: "Sees only what is their own." },
  { role: "manager", word: "Manager", means: "Sees their teams." },
  { role: "admin", word: "Administrator", means: "Sees and changes everything." },
];

export const CAPABILITIES: readonly { capability: Capability; word: string; means: string }[] = [
  { capability: "watch_screen", word: "Watch screens", means: "live; every viewing is kept and the person sees it" },
  { capability: "watch_camera", word: "Watch cameras", means: "where somebody has turned theirs on" },
  { capability: "assign_interval", word: "Assign capture intervals", means: "how often screenshots are taken" },
  { capability: "correct_time", word: "Correct working time", means: "with a reason that stays on record" },
  { capability: "confirm_attendance", word: "Confirm attendance", means: "in classes" },
];

export function roleWord(role: Role): string {
  return ROLES.find((one) => one.role === role)?.word ?? role;
}

export function isRole(value: unknown): value is Role {
  return ROLES.some(({ role }) => role === value);
}

/** What a role usually brings along: the hub's own defaults. Employees can be granted nothing. */
export function usualCapabilities(role: Role): Capability[] {
  return role === "employee" ? [] : CAPABILITIES.map(({ capability }) => capability);
}
