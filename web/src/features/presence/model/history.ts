import type { PresenceHistory } from "@/api/types";
import type { BoardStatus, StatusCounts } from "./boardLayout";

/** The statuses that a history is known of. Breaks and meetings are idle to it, and nobody counted who was unstable. */
type KnownStatus = "active" | "idle" | "offline";

/** A line for each status, ending with what the board counts this moment, and what all of them share as their upper edge. */
export interface HistoryLines {
  /** So many steps lie before their beginning: there was nobody to count yet. */
  unknown: number;
  lines: Readonly<Partial<Record<BoardStatus, readonly number[]>>>;
  top: number;
}

export function historyLines({ points: all }: PresenceHistory, now: StatusCounts): HistoryLines {
  const first = all.findIndex(({ active, idle, offline }) => active + idle + offline > 0);
  const unknown = first < 0 ? all.length : first;
  const points = all.slice(unknown);
  const line = (status: KnownStatus) => [...points.map((point) => point[status]), countNow(now, status)];
  const lines = { active: line("active"), idle: line("idle"), offline: line("offline") };
  return { unknown, lines, top: Math.max(1, ...lines.active, ...lines.idle, ...lines.offline) };
}

/** As the hub counts them: somebody on a break or in a meeting is idle underneath. */
function countNow(now: StatusCounts, status: KnownStatus): number {
  return status === "idle" ? now.idle + now.break + now.meeting + now.class : now[status];
}
