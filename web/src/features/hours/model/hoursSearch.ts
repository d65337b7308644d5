import type { EmployeeId, TeamId } from "@/api/types";
import { isDate } from "@/lib/time/calendar";
import type { PeriodKind } from "./period";

/** What the table is sorted by. */
export const HOURS_ORDERS = ["name", "first", "last", "active", "idle", "net", "sessions"] as const;
export type HoursOrder = (typeof HOURS_ORDERS)[number];

/** How many people may stand open at once: each asks the hub for sessions, corrections and pictures. */
const OPEN_MAX = 20;
const ID = /^[\w.-]{1,64}$/;

/** The page's address: `?period=week&date=2026-11-20&team=…&q=ann&sort=net&down=1&open=INT2607`. */
export interface HoursSearch {
  /** Default: a day. */
  period?: Exclude<PeriodKind, "day">;
  /** The day, or one of the week. Default: today. */
  date?: string;
  /** Of a range, both included. */
  from?: string;
  to?: string;
  team?: TeamId;
  q?: string;
  /** Default: by name. */
  sort?: Exclude<HoursOrder, "name">;
  /** The other way round. */
  down?: true;
  /** Who stands open, by comma. */
  open?: string;
}

/** Reads what may be anything, drops what makes no sense. */
export function parseHoursSearch(search: Record<string, unknown>): HoursSearch {
  const { period, date, from, to, team, q, sort, down, open } = search;
  const isRange = period === "range";
  return {
    period: period === "week" || isRange ? period : undefined,
    date: !isRange && isDate(date) ? date : undefined,
    from: isRange && isDate(from) ? from : undefined,
    to: isRange && isDate(to) ? to : undefined,
    team: typeof team === "string" && team !== "" ? team : undefined,
    // The router reads `?q=2607` as a number.
    q: q == null || String(q) === "" ? undefined : String(q).slice(0, 200),
    sort: HOURS_ORDERS.find((order) => order === sort && order !== "name") as HoursSearch["sort"],
    down: down === 1 || down === true || down === "1" ? true : undefined,
    open: open == null ? undefined : joined(openOf({ open: String(open) })),
  };
}

/** Who stands open. */
export function openOf({ open }: Pick<HoursSearch, "open">): readonly EmployeeId[] {
  const ids = (open ?? "").split(",").filter((id) => ID.test(id));
  return [...new Set(ids)].slice(0, OPEN_MAX);
}

/** Opens or closes one; whoever has stood open longest is closed when there are too many. */
export function toggledOpen(search: HoursSearch, employee: EmployeeId): string | undefined {
  const open = openOf(search);
  return joined(open.includes(employee) ? open.filter((id) => id !== employee) : [...open, employee].slice(-OPEN_MAX));
}

/** What a click on the heading of a column leads to: that order, and the other way round on the second. */
export function sortedBy(search: HoursSearch, order: HoursOrder): Pick<HoursSearch, "sort" | "down"> {
  const isSame = (search.sort ?? "name") === order;
  const sort = order === "name" ? undefined : order;
  return { sort, down: isSame && !search.down ? true : undefined };
}

function joined(ids: readonly EmployeeId[]): string | undefined {
  return ids.length > 0 ? ids.join(",") : undefined;
}
