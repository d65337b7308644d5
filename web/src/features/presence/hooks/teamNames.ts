import { createContext, use } from "react";
import type { TeamId } from "@/api/types";

const TeamNamesContext = createContext<ReadonlyMap<TeamId, string>>(new Map());

export const TeamNamesProvider = TeamNamesContext.Provider;

/** The name of a team; `undefined` for nobody's team, and before the teams are known. */
export function useTeamName(team: TeamId | null | undefined): string | undefined {
  const names = use(TeamNamesContext);
  return team == null ? undefined : names.get(team);
}
