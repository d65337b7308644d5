import type { TeamId } from "@/api/types";

/** The address of the page of activity: `?team=…&q=ann`. */
export interface ActivitySearch {
  team?: TeamId;
  q?: string;
}

/** Reads what may be anything, drops what makes no sense. */
export function parseActivitySearch({ team, q }: Record<string, unknown>): ActivitySearch {
  return {
    team: typeof team === "string" && team !== "" ? team : undefined,
    // The router reads `?q=2607` as a number.
    q: q == null || String(q) === "" ? undefined : String(q).slice(0, 200),
  };
}
