import type { EmployeeId, WorkSegmentRow, WorkSummaryRow } from "@/api/types";
import type { StripSegment } from "@/ui/stripPieces";
import type { HoursOrder } from "./hoursSearch";

/** Lengths of working time. Active is all of it, Net is Active without Idle and Break. */
export interface Lengths {
  activeMs: number;
  idleMs: number;
  breakMs: number;
  meetingMs: number;
  netMs: number;
}

export function lengthsOf(row: WorkSummaryRow): Lengths {
  const { activeMs, idleMs, netMs } = row;
  return { activeMs, idleMs, netMs, breakMs: toMs(row.breakSeconds), meetingMs: toMs(row.meetingSeconds) };
}

/** Seconds as the hub writes them, which are exact to the millisecond. */
export function toMs(seconds: number): number {
  return Math.round(seconds * 1000);
}

export interface HoursTotal extends Lengths {
  people: number;
  running: number;
  sessions: number;
}

/** What some rows come to. People without a session are counted by nobody. */
export function totalOf(rows: readonly WorkSummaryRow[]): HoursTotal {
  const total: HoursTotal = {
    people: 0,
    running: 0,
    sessions: 0,
    activeMs: 0,
    idleMs: 0,
    breakMs: 0,
    meetingMs: 0,
    netMs: 0,
  };
  for (const row of rows) {
    const { activeMs, idleMs, breakMs, meetingMs, netMs } = lengthsOf(row);
    total.activeMs += activeMs;
    total.idleMs += idleMs;
    total.breakMs += breakMs;
    total.meetingMs += meetingMs;
    total.netMs += netMs;
    total.people += row.sessions > 0 || activeMs > 0 ? 1 : 0;
    total.running += row.running ? 1 : 0;
    total.sessions += row.sessions;
  }
  return total;
}

/** Segments by whose they are, in the order in which they came. */
export function segmentsByEmployee(
  rows: readonly Pick<WorkSegmentRow, "employeeId" | "kind" | "from" | "to">[],
): ReadonlyMap<EmployeeId, readonly StripSegment[]> {
  const byEmployee = new Map<EmployeeId, StripSegment[]>();
  for (const { employeeId, kind, from, to } of rows) {
    const segments = byEmployee.get(employeeId) ?? [];
    segments.push({ kind, fromMs: from, toMs: to });
    byEmployee.set(employeeId, segments);
  }
  return byEmployee;
}

/** In the order asked for; people of one value by name. Whoever has no such value comes last, either way. */
export function inOrder(
  rows: readonly WorkSummaryRow[],
  order: HoursOrder,
  isDown: boolean,
): readonly WorkSummaryRow[] {
  const way = isDown ? -1 : 1;
  const keyed = rows.map((row) => ({ row, key: keyOf(row, order), name: row.name.toLocaleLowerCase() }));
  keyed.sort((a, b) => {
    if (a.key === undefined || b.key === undefined) {
      if (a.key !== b.key) return a.key === undefined ? 1 : -1;
    } else if (a.key !== b.key) return (a.key < b.key ? -1 : 1) * way;
    const byName = a.name < b.name ? -1 : a.name > b.name ? 1 : a.row.employeeId < b.row.employeeId ? -1 : 1;
    return order === "name" ? byName * way : byName;
  });
  return keyed.map(({ row }) => row);
}

function keyOf(row: WorkSummaryRow, order: HoursOrder): number | undefined {
  switch (order) {
    case "name":
      return 0;
    case "first":
      return row.firstLogin ?? undefined;
    case "last":
      return row.running ? Number.POSITIVE_INFINITY : (row.lastLogout ?? undefined);
    case "active":
      return row.activeMs;
    case "idle":
      return row.idleMs;
    case "net":
      return row.netMs;
    case "sessions":
      return row.sessions;
  }
}
