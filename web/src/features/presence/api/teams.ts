import { queryOptions } from "@tanstack/react-query";
import type { Team, TeamPage } from "@/api/types";
import { request } from "@/lib/http/request";

/** All teams that the person may see, by name. */
export const teamsQuery = queryOptions({
  queryKey: ["teams"],
  queryFn: async ({ signal }): Promise<Team[]> => {
    const teams: Team[] = [];
    let next: string | null | undefined;
    do {
      const path = next ? `/api/teams?cursor=${encodeURIComponent(next)}` : "/api/teams";
      const page = await request<TeamPage>("GET", path, { signal });
      teams.push(...page.items);
      next = page.next;
    } while (next);
    return teams.sort((a, b) => a.name.localeCompare(b.name));
  },
  staleTime: 60_000,
});
