import { type QueryClient, queryOptions } from "@tanstack/react-query";
import type { Employee, Team, TeamId } from "@/api/types";
import { queryString } from "@/lib/http/queryString";
import { request, requestRows } from "@/lib/http/request";

const PAGE_ROWS = 500;

/** Every manager, to know who manages which team. */
export const managersQuery = queryOptions({
  queryKey: ["people", "managers"],
  queryFn: async ({ signal }): Promise<Employee[]> => {
    const managers: Employee[] = [];
    let cursor: string | undefined;
    do {
      const path = `/api/employees${queryString({ role: "manager", active: true, limit: PAGE_ROWS, cursor })}`;
      const page = await requestRows<Employee>(path, signal);
      managers.push(...page.items);
      cursor = page.next;
    } while (cursor !== undefined);
    return managers;
  },
});

export function createTeam(name: string): Promise<Team> {
  return request<Team>("POST", "/api/teams", { body: { name } });
}

export function renameTeam(id: TeamId, name: string): Promise<Team> {
  return request<Team>("PATCH", `/api/teams/${id}`, { body: { name } });
}

/** Its people stay, in no team; its managers manage one team less. */
export async function deleteTeam(id: TeamId): Promise<void> {
  await request<unknown>("DELETE", `/api/teams/${id}`);
}

/** Something about teams changed: their lists, and everything that names them. */
export async function refreshTeams(queryClient: QueryClient): Promise<void> {
  const keys = [["teams"], ["people"], ["policy"]];
  await Promise.all(keys.map((queryKey) => queryClient.invalidateQueries({ queryKey })));
}
