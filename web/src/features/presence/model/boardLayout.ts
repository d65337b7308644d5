import type { EmployeeId, PresenceEntry, TeamId } from "@/api/types";
import { foldText } from "./foldText";
import { SHOWN_STATUSES, type ShownStatus, shownStatus } from "./shownStatus";

/**
 * The parts of the board from top to bottom: what needs eyes comes first. Below, folded, are those who have left (`offline`)
 * and those who were not seen today at all (`absent`).
 */
export const SECTIONS = ["unstable", "idle", "active", "away", "offline", "absent"] as const;
export type SectionName = (typeof SECTIONS)[number];

/** The sections of people who are not here: rows in place of cards, and foldable. */
export type FoldableName = Extract<SectionName, "offline" | "absent">;

export function isFoldable(section: SectionName): section is FoldableName {
  return section === "offline" || section === "absent";
}

/** What the board is filtered by and counts: a status, or that it changes too often to be one. */
export const BOARD_STATUSES = [...SHOWN_STATUSES, "unstable"] as const;
export type BoardStatus = (typeof BOARD_STATUSES)[number];

export interface BoardFilter {
  /** Empty: every status. */
  statuses: readonly BoardStatus[];
  team: TeamId | undefined;
  /** Part of a name or of an employee id. */
  text: string;
}

export interface BoardSection {
  name: SectionName;
  employees: readonly EmployeeId[];
}

/** Somebody unstable counts twice: as that, and as the status that they have now. */
export type StatusCounts = Readonly<Record<BoardStatus, number>>;

export interface BoardLayout {
  /** Of everyone in the team and text filter, whatever status is chosen: the figures stay put when one is pressed. */
  counts: StatusCounts;
  /** Everyone that the hub told of. */
  total: number;
  /** Without the empty ones. */
  sections: readonly BoardSection[];
}

/**
 * Filters, counts, groups and sorts. Called when the board's shape changed, not when somebody was merely seen.
 * `dayStartMs` is when today began at the organization: who was last seen before it is absent.
 */
export function layOutBoard(entries: Iterable<PresenceEntry>, filter: BoardFilter, dayStartMs: number): BoardLayout {
  const counts = Object.fromEntries(BOARD_STATUSES.map((status) => [status, 0])) as Record<BoardStatus, number>;
  const members = Object.fromEntries(SECTIONS.map((name) => [name, []])) as unknown as Record<SectionName, Placed[]>;
  const text = foldText(filter.text);
  let total = 0;
  for (const entry of entries) {
    total += 1;
    if (!isSought(entry, filter.team, text)) continue;
    const status = shownStatus(entry);
    counts[status] += 1;
    if (entry.unstable) counts.unstable += 1;
    if (!isChosen(entry, status, filter.statuses)) continue;
    members[sectionOf(entry, status, dayStartMs)].push({ entry, nameKey: foldText(entry.name) });
  }
  const sections = SECTIONS.filter((name) => members[name].length > 0).map((name) => ({
    name,
    employees: members[name].sort(ORDERS[name]).map(({ entry }) => entry.employee),
  }));
  return { counts, total, sections };
}

/** Whether somebody is in a team (any, if `undefined`), and a folded text occurs in their name or employee id. */
export function isSought(entry: PresenceEntry, team: TeamId | undefined, foldedText: string): boolean {
  if (team !== undefined && entry.team !== team) return false;
  if (foldedText === "") return true;
  return foldText(entry.name).includes(foldedText) || foldText(entry.employee).includes(foldedText);
}

function isChosen(entry: PresenceEntry, status: ShownStatus, chosen: readonly BoardStatus[]): boolean {
  if (chosen.length === 0 || chosen.includes(status)) return true;
  return entry.unstable === true && chosen.includes("unstable");
}

function sectionOf(entry: PresenceEntry, status: ShownStatus, dayStartMs: number): SectionName {
  if (entry.unstable) return "unstable";
  if (status === "offline") return (entry.last_seen ?? 0) >= dayStartMs ? "offline" : "absent";
  return status === "active" || status === "idle" ? status : "away";
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
const latestFirst: Order = (a, b) => (b.entry.last_seen ?? 0) - (a.entry.last_seen ?? 0) || byName(a, b);

/** Orders that stand still while nobody's status changes. */
const ORDERS: Readonly<Record<SectionName, Order>> = {
  unstable: byName,
  idle: longestFirst,
  active: byName,
  away: longestFirst,
  offline: latestFirst,
  absent: latestFirst,
};
