import type { Team } from "@/api/types";

/** Which teams, as in the address: `?q=sup`. */
export interface TeamSearch {
  q?: string;
}

/** Reads what may be anything, drops what makes no sense. */
export function parseTeamSearch(search: Record<string, unknown>): TeamSearch {
  // The router reads `?q=2607` as a number.
  return { q: search.q == null || String(search.q) === "" ? undefined : String(search.q).slice(0, 200) };
}

/** The teams in whose name a text occurs, whatever its case. */
export function teamsWith(teams: readonly Team[], text = ""): readonly Team[] {
  const sought = text.trim().toLocaleLowerCase();
  return sought === "" ? teams : teams.filter(({ name }) => name.toLocaleLowerCase().includes(sought));
}
