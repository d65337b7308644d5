import type { Employee, Team, TeamId } from "@/api/types";

/** A team with what is known of it. */
export interface TeamRow {
  id: TeamId;
  name: string;
  /** People whose account is open. */
  people: number;
  /** Names, in alphabetical order. */
  managers: readonly string[];
}

/** The teams whose name contains `text`, with their people counted and their managers named. */
export function teamRows(
  teams: readonly Team[],
  membersOf: Iterable<TeamId | null | undefined>,
  managers: readonly Employee[],
  text = "",
): TeamRow[] {
  const counts = new Map<TeamId, number>();
  for (const team of membersOf) {
    if (team != null) counts.set(team, (counts.get(team) ?? 0) + 1);
  }
  const sought = text.trim().toLocaleLowerCase();
  return teams
    .filter(({ name }) => name.toLocaleLowerCase().includes(sought))
    .map(({ id, name }) => ({
      id,
      name,
      people: counts.get(id) ?? 0,
      managers: managers.filter(({ managedTeams }) => managedTeams.includes(id)).map((manager) => manager.name),
    }));
}
