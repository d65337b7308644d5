import type { QueryClient } from "@tanstack/react-query";
import type { Team, TeamId } from "@/api/types";
import { queryString } from "@/lib/http/queryString";
import { request } from "@/lib/http/request";

/** Where the teams are as a file. */
export function teamsExportPath(format: "csv" | "xlsx"): string {
  return `/api/teams${queryString({ format })}`;
}

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
