import { queryOptions } from "@tanstack/react-query";
import type { OrganizationChange, OrganizationSettings, Retention, RetentionPreview } from "@/api/types";
import { queryString } from "@/lib/http/queryString";
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

/** How many records are older than these days. */
export function retentionPreviewQuery(retention: Retention) {
  const { screenshotsDays, workDays, auditDays } = retention;
  return queryOptions({
    queryKey: ["retention", screenshotsDays, workDays, auditDays],
    queryFn: ({ signal }) =>
      request<RetentionPreview>(
        "GET",
        `/api/retention/preview${queryString({ screenshotsDays, workDays, auditDays })}`,
        { signal },
      ),
    staleTime: 0,
  });
}
