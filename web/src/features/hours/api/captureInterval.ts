import { queryOptions } from "@tanstack/react-query";
import type { CaptureInterval, EmployeeId } from "@/api/types";
import { request } from "@/lib/http/request";

/** What the hub takes. */
export const INTERVAL_MINUTES_MIN = 2;
export const INTERVAL_MINUTES_MAX = 20;

/** How often a screenshot of somebody is taken, whoever decided it. Changes are pushed: `useIntervalEvents`. */
export function captureIntervalQuery(employee: EmployeeId) {
  return queryOptions({
    queryKey: ["capture-interval", employee],
    queryFn: ({ signal }) =>
      request<CaptureInterval>("GET", `/api/capture-interval?employeeId=${encodeURIComponent(employee)}`, { signal }),
    staleTime: 5 * 60_000,
  });
}

/** Assigns it. A connected agent is told at once, and begins to track. */
export function assignInterval(employeeId: EmployeeId, intervalMinutes: number): Promise<CaptureInterval> {
  return request<CaptureInterval>("POST", "/api/capture-interval", { body: { employeeId, intervalMinutes } });
}
