import type { EmployeeId, PresenceEntry, TeamId } from "@/api/types";
import { foldText } from "./foldText";
import { SHOWN_STATUSES, type ShownStatus, shownStatus } from "./shownStatus";

/** The parts of the board from top to bottom: what needs eyes comes first, who is away is folded below. */
export const SECTIONS = ["unstable", "idle", "active", "away", "offline"] as const;
export type SectionName = (typeof SECTIONS)[number];

export interface BoardFilter {
  /** Empty: every status. */
  statuses: readonly ShownStatus[];
  team: TeamId | undefined;
  /** Part of a name or of an employee id. */
  text: string;
}

export interface BoardSection {
  name: SectionName;
  employees: readonly EmployeeId[];
}

export type StatusCounts = Readonly<Record<ShownStatus, number>>;

export interface BoardLayout {
  /** Of everyone in the team and text filter, whatever status is chosen: the figures stay put when one is pressed. */
  counts: StatusCounts;
  /** Everyone that the hub told of. */
  total: number;
  /** Without the empty ones. */
  sections: readonly BoardSection[];
}

/** Filters, counts, groups and sorts. Called when the board's shape changed, not when somebody was merely seen. */
export function layOutBoard(entries: Iterable<PresenceEntry>, filter: BoardFilter): BoardLayout {
  const counts = Object.fromEntries(SHOWN_STATUSES.map((status) => [status, 0])) as Record<ShownStatus, number>;
  const members = Object.fromEntries(SECTIONS.map((name) => [name, []])) as unknown as Record<SectionName, Placed[]>;
  const text = foldText(filter.text);
  let total = 0;
  for (const entry of entries) {
    total += 1;
    if (filter.team !== undefined && entry.team !== filter.team) continue;
    const nameKey = foldText(entry.name);
    if (text !== "" && !nameKey.includes(text) && !foldText(entry.employee).includes(text)) continue;
    const status = shownStatus(entry);
    counts[status] += 1;
    if (filter.statuses.length > 0 && !filter.statuses.includes(status)) continue;
    members[sectionOf(entry, status)].push({ entry, nameKey });
  }
  const sections = SECTIONS.filter((name) => members[name].length > 0).map((name) => ({
    name,
    employees: members[name].sort(ORDERS[name]).map(({ entry }) => entry.employee),
  }));
  return { counts, total, sections };
}

function sectionOf(entry: PresenceEntry, status: ShownStatus): SectionName {
  if (entry.unstable) return "unstable";
  if (status === "active" || status === "idle" || status === "offline") return status;
  return "away";
}

/** Somebody with what they are sorted by: folded once, since a collator doubles the work on a board of 50,000. */
interface Placed {
  entry: PresenceEntry;
  nameKey: string;
}

type Order = (a: Placed, b: Placed) => number;

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const byName: Order = (a, b) => byText(a.nameKey, b.nameKey) || byText(a.entry.employee, b.entry.employee);
const longestFirst: Order = (a, b) => a.entry.since - b.entry.since || byName(a, b);
const latestFirst: Order = (a, b) => b.entry.since - a.entry.since || byName(a, b);

/** Orders that stand still while nobody's status changes. */
const ORDERS: Readonly<Record<SectionName, Order>> = {
  unstable: byName,
  idle: longestFirst,
  active: byName,
  away: longestFirst,
  offline: latestFirst,
};
