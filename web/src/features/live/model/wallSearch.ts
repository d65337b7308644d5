import type { TeamId } from "@/api/types";
import { parseTrackKey } from "@/lib/frames/trackKey";
import { WALL_STATUSES, type WallStatus } from "./wallPerson";

export const GRIDS = [1, 2, 3, 4] as const;
/** Tiles in a row. */
export type Grid = (typeof GRIDS)[number];

/** `name` stands still, so it is what one gets without asking. */
export const ORDERS = ["name", "idle", "status"] as const;
export type Order = (typeof ORDERS)[number];

/** The wall's part of the address: `/live?grid=3&team=…&status=active,idle&q=ann&order=idle&open=INT2607:1`. */
export interface WallSearch {
  /** Without: as many as fit. */
  grid?: Grid;
  team?: TeamId;
  status?: string;
  q?: string;
  order?: Exclude<Order, "name">;
  /** People who are not here have tiles too. */
  offline?: "shown";
  /** Each picture says when it was captured. */
  times?: "shown";
  /** The enlarged display, as `trackKey` writes it. */
  open?: string;
}

/** Reads what may be anything, drops what makes no sense. */
export function parseWallSearch(search: Record<string, unknown>): WallSearch {
  const statuses = typeof search.status === "string" ? toStatuses(search.status) : [];
  return {
    grid: GRIDS.find((grid) => grid === Number(search.grid)),
    team: typeof search.team === "string" && search.team !== "" ? search.team : undefined,
    status: statuses.length > 0 ? statuses.join(",") : undefined,
    // The router reads `?q=2607` as a number.
    q: search.q == null || String(search.q) === "" ? undefined : String(search.q).slice(0, 200),
    order: search.order === "idle" || search.order === "status" ? search.order : undefined,
    offline: search.offline === "shown" ? "shown" : undefined,
    times: search.times === "shown" ? "shown" : undefined,
    open: typeof search.open === "string" && parseTrackKey(search.open) ? search.open : undefined,
  };
}

/** The statuses in `?status=`; none: whoever is here. */
export function toStatuses(text: string | undefined): WallStatus[] {
  const words = text?.split(",") ?? [];
  return WALL_STATUSES.filter((status) => words.includes(status));
}

/** Adds statuses to the chosen ones, or takes them away if all of them are. */
export function toggleStatuses(text: string | undefined, toggled: readonly WallStatus[]): string | undefined {
  const chosen = toStatuses(text);
  const isChosen = toggled.every((one) => chosen.includes(one));
  const next = WALL_STATUSES.filter((one) => (toggled.includes(one) ? !isChosen : chosen.includes(one)));
  return next.length > 0 ? next.join(",") : undefined;
}

/** What leaves people out. */
export function filterOf({ team, status, q }: WallSearch): "none" | "team" | "more" {
  if (status !== undefined || q !== undefined) return "more";
  return team === undefined ? "none" : "team";
}
