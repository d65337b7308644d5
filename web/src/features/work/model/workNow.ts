import type { PresenceEntry, WorkSession } from "@/api/types";

/** What somebody does with their working time; `out`: no work session is open. */
export type WorkKind = "out" | "active" | "idle" | "break" | "meeting";

export interface WorkNow {
  kind: WorkKind;
  /** Start of the open session; `undefined` when `out`. */
  sinceMs: number | undefined;
}

const OUT: WorkNow = { kind: "out", sinceMs: undefined };

/** As the hub pushes it, whoever changed it: this page, another one, or the agent. */
export function workOfPresence(entry: PresenceEntry): WorkNow {
  if (entry.working_since == null) return OUT;
  return { kind: kindOf(entry), sinceMs: entry.working_since };
}

/** As the hub answers who punches. */
export function workOfAnswer(session: WorkSession): WorkNow {
  if (!session.running) return OUT;
  const kind = KINDS.find((known) => known === session.state) ?? "active";
  return { kind, sinceMs: session.start };
}

const KINDS: readonly WorkKind[] = ["active", "idle", "break", "meeting"];

/** A break or a meeting says more than whether keys were pressed in it. A class is a meeting to working time. */
function kindOf({ overlay, status }: PresenceEntry): WorkKind {
  if (overlay === "break") return "break";
  if (overlay != null) return "meeting";
  return status === "idle" ? "idle" : "active";
}
