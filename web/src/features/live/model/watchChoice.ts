import type { EmployeeId, TeamId } from "@/api/types";

/** Everybody whom the wall could show, one team, or one person. */
export type WatchScope =
  | { kind: "everyone" }
  | { kind: "team"; team: TeamId }
  | { kind: "person"; employee: EmployeeId };

/** Whom the viewer has stopped watching. What is said of a person goes before what is said of a team, and that before the rest. */
export interface WatchChoice {
  everyone: boolean;
  teams: ReadonlyMap<TeamId, boolean>;
  people: ReadonlyMap<EmployeeId, boolean>;
}

/** Opening the wall watches what is on the screen. */
export const WATCH_EVERYONE: WatchChoice = { everyone: true, teams: new Map(), people: new Map() };

interface Member {
  employee: EmployeeId;
  team: TeamId | undefined;
}

export function isWatched({ everyone, teams, people }: WatchChoice, { employee, team }: Member): boolean {
  return people.get(employee) ?? (team === undefined ? undefined : teams.get(team)) ?? everyone;
}

/** The choice after starting or stopping a scope: what was said of anything within it is forgotten. `members` are everybody. */
export function choose(
  choice: WatchChoice,
  scope: WatchScope,
  watches: boolean,
  members: Iterable<Member>,
): WatchChoice {
  switch (scope.kind) {
    case "everyone":
      return { everyone: watches, teams: new Map(), people: new Map() };
    case "person":
      return { ...choice, people: new Map(choice.people).set(scope.employee, watches) };
    case "team": {
      const people = new Map(choice.people);
      for (const { employee, team } of members) if (team === scope.team) people.delete(employee);
      return { ...choice, teams: new Map(choice.teams).set(scope.team, watches), people };
    }
  }
}
