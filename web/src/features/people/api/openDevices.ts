import { queryOptions } from "@tanstack/react-query";
import type { DevicePage, EmployeeId } from "@/api/types";
import { queryString } from "@/lib/http/queryString";
import { request } from "@/lib/http/request";

/** More devices than these nobody has. */
const COUNTED_MAX = 500;

/** How many devices somebody has that could connect now. */
export function openDevicesQuery(employee: EmployeeId) {
  return queryOptions({
    queryKey: ["devices", "open", employee],
    queryFn: async ({ signal }) => {
      const path = `/api/devices${queryString({ employee, limit: COUNTED_MAX })}`;
      const { items } = await request<DevicePage>("GET", path, { signal });
      return items.filter(({ revokedAt }) => revokedAt == null).length;
    },
    retry: false,
  });
}
