import { queryOptions } from "@tanstack/react-query";
import type { CaptureInterval, CaptureIntervals, EmployeeId } from "@/api/types";
import { request } from "@/lib/http/request";

/** What the hub takes. */
export const INTERVAL_MINUTES_MIN = 2;
export const INTERVAL_MINUTES_MAX = 20;

/** Minutes between screenshots, by person. */
export type Intervals = ReadonlyMap<EmployeeId, number>;

/** How often a screenshot is taken of everyone whom the person may see, whoever decided it. Changes are pushed. */
export const intervalsQuery = queryOptions({
  queryKey: ["capture-intervals"],
  queryFn: async ({ signal }): Promise<Intervals> => {
    const { items } = await request<CaptureIntervals>("GET", "/api/capture-intervals", { signal });
    return new Map(items.map(({ employeeId, intervalMinutes }) => [employeeId, intervalMinutes]));
  },
  staleTime: 5 * 60_000,
});

/** What is known, with one person's interval as it is now. */
export function withInterval(intervals: Intervals | undefined, employee: EmployeeId, minutes: number) {
  return intervals && new Map(intervals).set(employee, minutes);
}

/** Assigns it. A connected agent is told at once, and begins to track. */
export function assignInterval(employeeId: EmployeeId, intervalMinutes: number): Promise<CaptureInterval> {
  return request<CaptureInterval>("POST", "/api/capture-interval", { body: { employeeId, intervalMinutes } });
}
