import { queryOptions } from "@tanstack/react-query";
import { request } from "@/lib/http/request";
import type { AlertSettings } from "../model/alertSettings";

/** Which alerts there are. For administrators. */
export const alertSettingsQuery = queryOptions({
  queryKey: ["alerts", "settings"],
  queryFn: ({ signal }) => request<AlertSettings>("GET", "/api/alerts/settings", { signal }),
});

/** Changes them. Refused with `conflict` if somebody else did since `version` was read. */
export function saveAlertSettings(settings: AlertSettings): Promise<AlertSettings> {
  return request<AlertSettings>("PUT", "/api/alerts/settings", { body: settings });
}
