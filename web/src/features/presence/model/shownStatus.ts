import type { PresenceEntry, Reason } from "@/api/types";

/** A status as a person sees it: presence, with what covers an idle one. */
export const SHOWN_STATUSES = ["active", "idle", "meeting", "class", "break", "offline"] as const;
export type ShownStatus = (typeof SHOWN_STATUSES)[number];

/** An overlay explains an idle status and nothing else: who types in a break is active. */
export function shownStatus(entry: PresenceEntry): ShownStatus {
  return entry.status === "idle" ? (entry.overlay ?? "idle") : entry.status;
}

const OFFLINE_REASONS: Partial<Record<Reason, string>> = {
  never_seen: "Never signed in",
  logout: "Signed out",
  timeout: "Nothing heard",
  disconnected: "Connection broke",
  set_by_admin: "Set by an administrator",
  hub_restart: "Hub was restarted",
};

/** Why somebody is offline, in words. */
export function offlineReason(reason: Reason): string {
  return OFFLINE_REASONS[reason] ?? "Offline";
}
