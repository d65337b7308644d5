import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import type { EmployeeId, WorkSummaryRow } from "@/api/types";
import type { StripSegment } from "@/ui/stripPieces";
import { dayRowsQuery, segmentsQuery } from "../api/hours";
import type { Blocks } from "../model/blocks";
import { useHoursFacts } from "./hoursContext";

/** What the rows in sight show beside their sums; `undefined` for whom it is on its way. */
export interface DayDetails {
  /** Of one day. */
  segmentsOf: (employee: EmployeeId) => readonly StripSegment[] | undefined;
  /** Of several days: a row for each day. */
  daysOf: (employee: EmployeeId) => readonly WorkSummaryRow[] | undefined;
}

const NOBODY: readonly (readonly EmployeeId[])[] = [];
const NONE: readonly never[] = [];

/** Asks for the segments (of a day) or the days (of a week) of whoever is in sight, a block of people at a time. */
export function useDayDetails(
  blocks: Blocks,
  inSight: readonly EmployeeId[],
  shown: "strip" | "days" | "share",
): DayDetails {
  const { period, isCurrent } = useHoursFacts();
  const wanted = blocks.of(inSight);
  const segments = useQueries({
    queries: (shown === "strip" ? wanted : NOBODY).map((block) => segmentsQuery({ period, isCurrent }, block)),
    combine: combineData,
  });
  const days = useQueries({
    queries: (shown === "days" ? wanted : NOBODY).map((block) => dayRowsQuery({ period, isCurrent }, block)),
    combine: combineData,
  });
  return useMemo(() => {
    const blockOf = new Map(wanted.flatMap((block, index) => block.map((employee) => [employee, index] as const)));
    const rows = new Map<EmployeeId, WorkSummaryRow[]>();
    for (const row of days.flatMap((block) => block ?? [])) {
      const own = rows.get(row.employeeId);
      if (own) own.push(row);
      else rows.set(row.employeeId, [row]);
    }
    return {
      segmentsOf: (employee) => {
        const block = segments[blockOf.get(employee) ?? -1];
        return block && (block.get(employee) ?? NONE);
      },
      daysOf: (employee) => (days[blockOf.get(employee) ?? -1] ? (rows.get(employee) ?? NONE) : undefined),
    };
  }, [wanted, segments, days]);
}

function combineData<Data>(results: { data: Data | undefined }[]): (Data | undefined)[] {
  return results.map(({ data }) => data);
}
