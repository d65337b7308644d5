import { createContext, use } from "react";
import type { TeamId } from "@/api/types";

/** What every card of one board shares. */
export interface BoardFacts {
  teamNames: ReadonlyMap<TeamId, string>;
  /** Whether the person may watch the screens of those whom they see. */
  canWatch: boolean;
}

const BoardContext = createContext<BoardFacts>({ teamNames: new Map(), canWatch: false });

export const BoardContextProvider = BoardContext.Provider;

export function useCanWatch(): boolean {
  return use(BoardContext).canWatch;
}

/** The name of a team; `undefined` for nobody's team, and before the teams are known. */
export function useTeamName(team: TeamId | null | undefined): string | undefined {
  const { teamNames } = use(BoardContext);
  return team == null ? undefined : teamNames.get(team);
}
