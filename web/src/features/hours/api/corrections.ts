import { queryOptions } from "@tanstack/react-query";
import type { Correction, EmployeeId, NewCorrection } from "@/api/types";
import { request } from "@/lib/http/request";
import type { Period } from "../model/period";
import { HOURS_KEY } from "./hours";

/** What people changed about somebody's hours in a period, the latest first. */
export function correctionsQuery({ from, to }: Period, employee: EmployeeId) {
  return queryOptions({
    queryKey: [...HOURS_KEY, "corrections", from, to, employee],
    queryFn: async ({ signal }) => {
      const path = `/api/work/corrections?${new URLSearchParams({ employee, from, to })}`;
      const corrections = await request<Correction[]>("GET", path, { signal });
      return corrections.toSorted((a, b) => b.at - a.at);
    },
  });
}

/** Lays a correction over somebody's hours. Sent twice with the same id, it counts once. */
export function sendCorrection(correction: NewCorrection): Promise<Correction> {
  return request<Correction>("POST", "/api/work/corrections", { body: correction });
}
