import type { AuditRecord } from "@/api/types";
import { formatMoment } from "@/lib/time/format";

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
  { action: "invitation_revoked", word: "Took an invite link back" },
  { action: "invitation_accepted", word: "Accepted an invitation" },
  { action: "team_created", word: "Created a team" },
  { action: "team_renamed", word: "Renamed a team" },
  { action: "team_deleted", word: "Deleted a team" },
  { action: "policy_changed", word: "Changed a policy" },
  { action: "interval_assigned", word: "Assigned a capture interval" },
  { action: "alerts_changed", word: "Changed which alerts there are" },
  { action: "notice_published", word: "Published a notice" },
  { action: "notice_acknowledged", word: "Acknowledged the notice" },
  { action: "device_code_made", word: "Made an enrolment code" },
  { action: "device_enrolled", word: "Enrolled a device" },
  { action: "device_revoked", word: "Revoked a device" },
  { action: "status_set", word: "Set a status" },
  { action: "time_corrected", word: "Corrected working time" },
  { action: "screenshot_requested", word: "Asked for a screenshot" },
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

/** Milliseconds since 1970, of any day from 2001 to 2286. */
const INSTANT = /^\d{13}$/;

/** A value as a person reads it: an instant as a time beside `atMs`, and what is written as JSON as a list of what it decides. */
export function detailValue(value: string, atMs: number, timeZone: string): string {
  if (INSTANT.test(value)) return formatMoment(Number(value), atMs, timeZone);
  if (!/^[[{]/.test(value)) return value;
  try {
    const parsed: unknown = JSON.parse(value);
    if (Array.isArray(parsed)) return parsed.length === 0 ? "none" : parsed.map((one) => plain(String(one))).join(", ");
    const decided = Object.entries(parsed as object).filter(([, one]) => one !== null);
    if (decided.length === 0) return "nothing";
    return decided.map(([key, one]) => `${plain(key)} ${plain(String(one))}`).join(", ");
  } catch {
    return value;
  }
}

/** `captureIntervalMinutes` and `watch_screen` as words. */
function plain(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replaceAll("_", " ")
    .toLowerCase();
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** The details on one line: what a row shows of them. Ids that tell a person nothing are left to the whole entry. */
export function detailLine({ at, details }: Pick<AuditRecord, "at" | "details">, timeZone: string): string {
  return Object.entries(details)
    .filter(([, value]) => !UUID.test(value))
    .map(([key, value]) => `${detailWord(key)}: ${detailValue(value, at, timeZone)}`)
    .join(", ");
}
