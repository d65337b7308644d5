/** Which teams, as in the address: `?q=sup`. */
export interface TeamSearch {
  q?: string;
}

/** Reads what may be anything, drops what makes no sense. */
export function parseTeamSearch(search: Record<string, unknown>): TeamSearch {
  // The router reads `?q=2607` as a number.
  return { q: search.q == null || String(search.q) === "" ? undefined : String(search.q).slice(0, 200) };
}
