import type { WorkSessionRow } from "@/api/types";
import type { WorkKind } from "./workNow";

/** Today's sessions, as they stood at an instant of the hub's clock. */
export interface WorkDay {
  sessions: readonly WorkSessionRow[];
  atMs: number;
}

export interface DayTotals {
  /** What counts as work: neither idle nor a break. */
  netMs: number;
  idleMs: number;
  breakMs: number;
}

/**
 * The day's totals at `nowMs`: what the hub counted until it was asked, and since then whatever `kind` adds to.
 * Idle time begins at the last input, so net time may step back a little when somebody turns out to be idle.
 */
export function totalsAt(day: WorkDay, kind: WorkKind, nowMs: number): DayTotals {
  const isRunning = kind !== "out" && day.sessions.some((session) => session.running);
  const sinceAskedMs = isRunning ? Math.max(0, nowMs - day.atMs) : 0;
  const counted = (field: "netSeconds" | "idleSeconds" | "breakSeconds") =>
    day.sessions.reduce((sum, session) => sum + Math.round(session[field] * 1000), 0);
  return {
    netMs: counted("netSeconds") + (kind === "active" || kind === "meeting" ? sinceAskedMs : 0),
    idleMs: counted("idleSeconds") + (kind === "idle" ? sinceAskedMs : 0),
    breakMs: counted("breakSeconds") + (kind === "break" ? sinceAskedMs : 0),
  };
}
