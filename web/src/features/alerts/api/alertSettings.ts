import { queryOptions } from "@tanstack/react-query";
import type { AlertRules } from "@/api/types";
import { request } from "@/lib/http/request";

/** Which alerts there are. For administrators. */
export const alertSettingsQuery = queryOptions({
  queryKey: ["alerts", "settings"],
  queryFn: ({ signal }) => request<AlertRules>("GET", "/api/alerts/settings", { signal }),
});

/** Changes them. Refused with `conflict` if somebody else did since `version` was read. */
export function saveAlertSettings(settings: AlertRules): Promise<AlertRules> {
  return request<AlertRules>("PUT", "/api/alerts/settings", { body: settings });
}
