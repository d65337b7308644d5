import type { Role, TeamId } from "@/api/types";
import { isRole } from "./roles";

/** Which people, as in the address: `?q=ann&team=…&role=manager&state=closed`. */
export interface PeopleSearch {
  /** A part of the name, the e-mail address or the code. */
  q?: string;
  team?: TeamId;
  role?: Role;
  /** Default: those whose account is open. */
  state?: "closed" | "all";
  /** The invitations that are open, in place of the people. */
  show?: "invitations";
}

/** Reads what may be anything, drops what makes no sense. */
export function parsePeopleSearch(search: Record<string, unknown>): PeopleSearch {
  return {
    // The router reads `?q=2607` as a number.
    q: search.q == null || String(search.q) === "" ? undefined : String(search.q).slice(0, 200),
    team: typeof search.team === "string" && search.team !== "" ? search.team : undefined,
    role: isRole(search.role) ? search.role : undefined,
    state: search.state === "closed" || search.state === "all" ? search.state : undefined,
    show: search.show === "invitations" ? "invitations" : undefined,
  };
}

/** The same as the hub asks for it. */
export function peopleParameters({ q, team, role, state }: PeopleSearch): Record<string, string | boolean | undefined> {
  const active = state === "all" ? undefined : state !== "closed";
  return { search: q?.trim(), teamId: team, role, active };
}

export function isFiltered({ q, team, role, state }: PeopleSearch): boolean {
  return q !== undefined || team !== undefined || role !== undefined || state !== undefined;
}
