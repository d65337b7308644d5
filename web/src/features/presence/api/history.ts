import { queryOptions } from "@tanstack/react-query";
import type { PresenceHistory, TeamId } from "@/api/types";
import { request } from "@/lib/http/request";

const HOURS = 24;
/** The hub counts by quarters of an hour. */
const ASKED_AGAIN_AFTER_MS = 5 * 60_000;

/** How many people were active, idle and offline over the last 24 hours, of those whom the person may see. */
export function presenceHistoryQuery(team: TeamId | undefined) {
  return queryOptions({
    queryKey: ["presence", "history", team ?? ""],
    queryFn: ({ signal }) => {
      const ofTeam = team === undefined ? "" : `&team=${encodeURIComponent(team)}`;
      return request<PresenceHistory>("GET", `/api/presence/history?hours=${HOURS}${ofTeam}`, { signal });
    },
    refetchInterval: ASKED_AGAIN_AFTER_MS,
    staleTime: ASKED_AGAIN_AFTER_MS,
  });
}
