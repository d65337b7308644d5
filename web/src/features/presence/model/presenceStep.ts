import type { EmployeeId, MessageOf, PortalDown, PresenceEntry } from "@/api/types";

/** How far the board has followed the hub. `undefined` until the state that was asked for has come. */
export type Cursor = { epoch: number; seq: number } | undefined;

export type PresenceMessage = MessageOf<PortalDown, "presence_state" | "presence_diff">;

/** What one message does to the board. */
export type PresenceStep =
  | { kind: "replace"; cursor: Cursor; entries: readonly PresenceEntry[] }
  | { kind: "patch"; cursor: Cursor; changed: readonly PresenceEntry[]; gone: readonly EmployeeId[] }
  /** Nothing new: older than what is known, or waiting for the state. */
  | { kind: "ignore" }
  /** A gap: ask for the state again. */
  | { kind: "resubscribe"; cursor: undefined };

/**
 * State first, then diffs that count up by one. A diff of another epoch or after a gap cannot be trusted, so the state is
 * asked for again; what comes before that state is already in it.
 */
export function stepPresence(cursor: Cursor, message: PresenceMessage): PresenceStep {
  const { epoch, seq } = message;
  if (message.type === "presence_state") {
    return { kind: "replace", cursor: { epoch, seq }, entries: message.entries };
  }
  if (cursor === undefined) return { kind: "ignore" };
  if (epoch !== cursor.epoch || seq > cursor.seq + 1) return { kind: "resubscribe", cursor: undefined };
  if (seq <= cursor.seq) return { kind: "ignore" };
  return { kind: "patch", cursor: { epoch, seq }, changed: message.changed, gone: message.gone };
}
