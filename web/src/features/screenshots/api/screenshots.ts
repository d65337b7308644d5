import { queryOptions } from "@tanstack/react-query";
import type { EmployeeId, Upload } from "@/api/types";
import { request } from "@/lib/http/request";
import { SHOTS_MAX, type Shot, shotOfUpload } from "../model/shots";

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
