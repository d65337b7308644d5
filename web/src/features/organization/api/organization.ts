import { queryOptions } from "@tanstack/react-query";
import type { OrganizationChange, OrganizationSettings } from "@/api/types";
import { request } from "@/lib/http/request";

/** The organization's name, zone, hours and retention. */
export const organizationQuery = queryOptions({
  queryKey: ["organization"],
  queryFn: ({ signal }) => request<OrganizationSettings>("GET", "/api/org", { signal }),
});

/** Changes it, unless somebody changed it since `version` was read (409). */
export function changeOrganization(change: OrganizationChange): Promise<OrganizationSettings> {
  return request<OrganizationSettings>("POST", "/api/org", { body: change });
}
