import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { DeletionReceipt, EmployeeId, RecentUploads, ScreenshotId, TeamId, Upload } from "@/api/types";
import { request, requestPage } from "@/lib/http/request";
import type { ExportFormat } from "@/ui/ExportButtons";
import type { RecentGroup } from "../model/recentGroups";
import { SHOTS_MAX, type Shot, shotOfUpload } from "../model/shots";

const PAGE_ROWS = 200;
/** How many pictures of each person the page of activity shows. */
export const RECENT_EACH = 6;

/** The latest screenshots of everyone whom the person may see, or of one person. New ones come with the socket's events. */
export function latestShotsQuery(employee?: EmployeeId) {
  const whose = employee === undefined ? "" : `&employeeId=${encodeURIComponent(employee)}`;
  return queryOptions({
    queryKey: ["screenshots", "latest", employee ?? ""],
    queryFn: async ({ signal }): Promise<readonly Shot[]> => {
      const uploads = await request<Upload[]>("GET", `/api/uploads/list?limit=${SHOTS_MAX}${whose}`, { signal });
      return uploads.map(shotOfUpload);
    },
    staleTime: 60_000,
  });
}

/** Which screenshots of which days of the organization's zone. */
export interface ShotFilter {
  employee?: EmployeeId | undefined;
  team?: TeamId | undefined;
  /** A day, or an instant in milliseconds. */
  from: string | number;
  /** A day (included), or an instant (excluded). */
  to: string | number;
}

/** They, the newest first, a page at a time. */
export function shotsQuery(filter: ShotFilter) {
  return infiniteQueryOptions({
    queryKey: ["screenshots", "list", filter.employee ?? "", filter.team ?? "", filter.from, filter.to],
    queryFn: async ({ pageParam, signal }) => {
      const page = { limit: String(PAGE_ROWS), ...(pageParam === "" ? {} : { cursor: pageParam }) };
      const { items, next } = await requestPage<Upload>(shotsPath(filter, page), { signal });
      return { shots: items.map(shotOfUpload) as readonly Shot[], next };
    },
    initialPageParam: "",
    getNextPageParam: (last) => last.next,
    staleTime: 60_000,
  });
}

/** Where the same list is as a file. */
export function shotsExportPath(filter: ShotFilter, format: ExportFormat): string {
  return shotsPath(filter, { format });
}

/** The latest few pictures of each person who has any. */
export const recentQuery = queryOptions({
  queryKey: ["screenshots", "recent"],
  queryFn: async ({ signal }): Promise<readonly RecentGroup[]> => {
    const groups = await request<RecentUploads[]>("GET", `/api/activity/recent?each=${RECENT_EACH}`, { signal });
    return groups.map(({ employeeId, name, latest }) => ({
      employee: employeeId,
      name,
      shots: latest.map(shotOfUpload).sort((a, b) => b.atMs - a.atMs),
    }));
  },
  staleTime: 60_000,
});

/** Deletes picture, thumbnail and row; what it answers proves that. */
export function deleteShot(id: ScreenshotId, reason: string): Promise<DeletionReceipt> {
  const why = new URLSearchParams({ reason });
  return request<DeletionReceipt>("DELETE", `/api/uploads/${encodeURIComponent(id)}?${why}`);
}

/** Asks the person's connected agents for a picture now. */
export function askForShot(employeeId: EmployeeId): Promise<unknown> {
  return request<unknown>("POST", "/api/uploads/request", { body: { employeeId } });
}

function shotsPath({ employee, team, from, to }: ShotFilter, more: Record<string, string>): string {
  const parameters = new URLSearchParams({ from: String(from), to: String(to), ...more });
  if (employee !== undefined) parameters.set("employeeId", employee);
  if (team !== undefined) parameters.set("team", team);
  return `/api/uploads/list?${parameters}`;
}
