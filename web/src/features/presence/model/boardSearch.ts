import type { TeamId } from "@/api/types";
import { BOARD_STATUSES, type BoardFilter, type BoardStatus } from "./boardLayout";

/** The board's part of the address: `?status=idle,unstable&team=…&q=ann&offline=shown&absent=shown`. */
export interface BoardSearch {
  status?: string;
  team?: TeamId;
  q?: string;
  offline?: "shown";
  absent?: "shown";
}

/** Reads what may be anything, drops what makes no sense. */
export function parseBoardSearch(search: Record<string, unknown>): BoardSearch {
  const statuses = typeof search.status === "string" ? toStatuses(search.status) : [];
  return {
    status: statuses.length > 0 ? statuses.join(",") : undefined,
    team: typeof search.team === "string" && search.team !== "" ? search.team : undefined,
    // The router reads `?q=2607` as a number.
    q: search.q == null || String(search.q) === "" ? undefined : String(search.q).slice(0, 200),
    offline: search.offline === "shown" ? "shown" : undefined,
    absent: search.absent === "shown" ? "shown" : undefined,
  };
}

export function toFilter(search: BoardSearch): BoardFilter {
  return { statuses: toStatuses(search.status ?? ""), team: search.team, text: search.q ?? "" };
}

/** Adds a status to the chosen ones, or takes it away. */
export function toggleStatuses(status: string | undefined, toggled: readonly BoardStatus[]): string | undefined {
  const chosen = toStatuses(status ?? "");
  const isChosen = toggled.every((one) => chosen.includes(one));
  const next = BOARD_STATUSES.filter((one) => (toggled.includes(one) ? !isChosen : chosen.includes(one)));
  return next.length > 0 ? next.join(",") : undefined;
}

function toStatuses(text: string): BoardStatus[] {
  const words = text.split(",");
  return BOARD_STATUSES.filter((status) => words.includes(status));
}
