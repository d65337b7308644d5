import type { AuditRecord } from "@/api/types";

/** What was done, as it is said: `Closed an account`. In the order in which one chooses from them. */
export const ACTIONS: readonly { action: string; word: string }[] = [
  { action: "signed_in", word: "Signed in" },
  { action: "signed_out", word: "Signed out" },
  { action: "password_changed", word: "Changed the password" },
  { action: "refresh_token_reused", word: "Used a stale session" },
  { action: "set_up", word: "Set up Muster" },
  { action: "organization_changed", word: "Changed the organization" },
  { action: "employee_created", word: "Added a person" },
  { action: "employee_changed", word: "Changed a person" },
  { action: "employee_deactivated", word: "Closed an account" },
  { action: "invited", word: "Made an invite link" },
  { action: "invitation_accepted", word: "Accepted an invitation" },
  { action: "team_created", word: "Created a team" },
  { action: "team_renamed", word: "Renamed a team" },
  { action: "team_deleted", word: "Deleted a team" },
  { action: "policy_changed", word: "Changed a policy" },
  { action: "interval_assigned", word: "Assigned a capture interval" },
  { action: "notice_published", word: "Published a notice" },
  { action: "notice_acknowledged", word: "Acknowledged the notice" },
  { action: "device_code_made", word: "Made an enrolment code" },
  { action: "device_enrolled", word: "Enrolled a device" },
  { action: "device_revoked", word: "Revoked a device" },
  { action: "status_set", word: "Set a status" },
  { action: "time_corrected", word: "Corrected working time" },
  { action: "screenshot_deleted", word: "Deleted a screenshot" },
  { action: "record_exported", word: "Exported their record" },
];

export function actionWord(action: string): string {
  const known = ACTIONS.find((one) => one.action === action)?.word;
  if (known) return known;
  const words = action.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const DETAIL_WORDS: Readonly<Record<string, string>> = {
  email: "E-mail",
  managed_teams: "Managed teams",
  time_zone: "Time zone",
};

export function detailWord(key: string): string {
  return DETAIL_WORDS[key] ?? actionWord(key);
}

/** The details on one line, as far as they are short: what a row shows of them. */
export function detailLine({ details }: Pick<AuditRecord, "details">): string {
  return Object.entries(details)
    .map(([key, value]) => `${detailWord(key)}: ${value}`)
    .join(", ");
}
