import { queryOptions } from "@tanstack/react-query";
import type { Builds } from "@/api/types";
import { request } from "@/lib/http/request";

/** The builds that there are. */
export const downloadsQuery = queryOptions({
  queryKey: ["downloads"],
  queryFn: async ({ signal }) => (await request<Builds>("GET", "/api/downloads", { signal })).items,
});

/** Where a build is. */
export function downloadPath(file: string): string {
  return `/api/downloads/${encodeURIComponent(file)}`;
}
