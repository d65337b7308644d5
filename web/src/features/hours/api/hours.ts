import { queryOptions } from "@tanstack/react-query";
import type { EmployeeId, TeamId, WorkSegmentRow, WorkSessionRow, WorkSummaryRow } from "@/api/types";
import { request } from "@/lib/http/request";
import type { ExportFormat } from "@/ui/ExportButtons";
import { segmentsByEmployee } from "../model/hoursRow";
import type { Period } from "../model/period";

/** Work that runs grows without a push; what begins and ends is pushed. */
const ASKED_AGAIN_AFTER_MS = 30_000;
/** The sums of a large organization are asked for more rarely. */
const ASKED_AGAIN_MS_PER_PERSON = 15;

/** Everything that this feature has asked for; invalidated when somebody's hours change. */
export const HOURS_KEY = ["hours"] as const;

interface Asked {
  period: Period;
  /** Whether today is in it. */
  isCurrent: boolean;
}

/** One row for each person whom the caller may see, over the whole period. */
export function summaryQuery({ period, isCurrent }: Asked) {
  return queryOptions({
    queryKey: [...HOURS_KEY, "summary", period.from, period.to],
    queryFn: ({ signal }) => request<WorkSummaryRow[]>("GET", reportPath("summary", period), { signal }),
    refetchInterval: ({ state: { data } }) =>
      isCurrent && Math.max(ASKED_AGAIN_AFTER_MS, (data?.length ?? 0) * ASKED_AGAIN_MS_PER_PERSON),
  });
}

/** One row for each of these people and each day. */
export function dayRowsQuery({ period, isCurrent }: Asked, employees: readonly EmployeeId[]) {
  return queryOptions({
    queryKey: [...HOURS_KEY, "days", period.from, period.to, ...employees],
    queryFn: ({ signal }) =>
      request<WorkSummaryRow[]>("GET", reportPath("summary", period, { by: "day", ...these(employees) }), { signal }),
    refetchInterval: isCurrent && ASKED_AGAIN_AFTER_MS,
  });
}

/** The segments of these people, as they count after corrections. */
export function segmentsQuery({ period, isCurrent }: Asked, employees: readonly EmployeeId[]) {
  return queryOptions({
    queryKey: [...HOURS_KEY, "segments", period.from, period.to, ...employees],
    queryFn: async ({ signal }) => {
      const path = reportPath("segments", period, these(employees));
      return segmentsByEmployee(await request<WorkSegmentRow[]>("GET", path, { signal }));
    },
    refetchInterval: isCurrent && ASKED_AGAIN_AFTER_MS,
  });
}

/** Somebody's sessions as they were recorded. */
export function sessionsQuery({ period, isCurrent }: Asked, employee: EmployeeId) {
  return queryOptions({
    queryKey: [...HOURS_KEY, "sessions", period.from, period.to, employee],
    queryFn: ({ signal }) => request<WorkSessionRow[]>("GET", reportPath("sessions", period, { employee }), { signal }),
    refetchInterval: isCurrent && ASKED_AGAIN_AFTER_MS,
  });
}

export type HoursTable = "summary" | "sessions" | "segments" | "corrections";

/** Whose rows a file has: of everyone, of a team, or of the people who are shown. */
export interface ExportScope {
  team?: TeamId | undefined;
  employees?: readonly EmployeeId[] | undefined;
}

/** Where the same hours are as a file. A summary of several days has a row for each of them. */
export function hoursExportPath(table: HoursTable, period: Period, scope: ExportScope, format: ExportFormat): string {
  const more: Record<string, string> = { format };
  if (table === "summary" && period.from !== period.to) more.by = "day";
  if (scope.employees) Object.assign(more, these(scope.employees));
  else if (scope.team !== undefined) more.team = scope.team;
  return reportPath(table, period, more);
}

function these(employees: readonly EmployeeId[]): { employee: EmployeeId } | { employees: string } {
  const [first, ...more] = employees;
  return first !== undefined && more.length === 0 ? { employee: first } : { employees: employees.join(",") };
}

function reportPath(table: HoursTable, { from, to }: Period, more: Record<string, string> = {}): string {
  return `/api/work/${table}?${new URLSearchParams({ from, to, ...more })}`;
}
