import type { EmployeeId, TeamId, TrackRef } from "@/api/types";
import { WALL_STATUSES, type WallPerson, type WallStatus } from "./wallPerson";
import type { Order } from "./wallSearch";

export interface WallFilter {
  team: TeamId | undefined;
  /** Empty: whoever is here. */
  statuses: readonly WallStatus[];
  /** Part of a name or an employee id, folded as `nameKey` is. */
  textKey: string;
  order: Order;
  showsOffline: boolean;
}

/** One place on the wall: a display, or somebody who has none to show. */
export interface Tile {
  /** Stays the same while the person's displays come and go, so that the place on the page does too. */
  key: string;
  employee: EmployeeId;
  /** `undefined`: nothing can be watched, and the tile says why. */
  track: number | undefined;
  /** Counts the person's displays from 1. */
  ordinal: number;
  /** How many displays the person has. */
  displays: number;
}

export interface WallLayout {
  tiles: readonly Tile[];
  /** Who is on the wall. */
  people: readonly EmployeeId[];
  /** Who is not, for being offline alone. */
  hiddenOffline: number;
}

/**
 * Filters, sorts and gives everybody their tiles. `kept` are those who were here since the filter was chosen: they keep
 * their tile when they go offline, since a wall that closes ranks hides who has just left.
 */
export function layOutWall(
  people: Iterable<WallPerson>,
  filter: WallFilter,
  kept: ReadonlySet<EmployeeId>,
): WallLayout {
  const shown: WallPerson[] = [];
  let hiddenOffline = 0;
  for (const person of people) {
    if (!matches(person, filter)) continue;
    if (isHidden(person, filter, kept)) hiddenOffline += 1;
    else shown.push(person);
  }
  const isLast = (person: WallPerson) => person.status === "offline" && !kept.has(person.employee);
  const compare = COMPARE[filter.order];
  shown.sort((a, b) => Number(isLast(a)) - Number(isLast(b)) || compare(a, b) || byName(a, b));
  return { tiles: shown.flatMap(tilesOf), people: shown.map(({ employee }) => employee), hiddenOffline };
}

/** The display that a tile shows. */
export function trackOf({ employee, track }: Tile): TrackRef | undefined {
  return track === undefined ? undefined : { employee, track };
}

function matches(person: WallPerson, { team, statuses, textKey }: WallFilter): boolean {
  if (team !== undefined && person.team !== team) return false;
  if (statuses.length > 0 && !statuses.includes(person.status)) return false;
  return textKey === "" || person.nameKey.includes(textKey) || person.employee.toLowerCase().includes(textKey);
}

function isHidden(person: WallPerson, filter: WallFilter, kept: ReadonlySet<EmployeeId>): boolean {
  // Whoever looks for somebody looks among the absent too.
  const isAskedFor = filter.showsOffline || filter.textKey !== "" || filter.statuses.includes("offline");
  return person.status === "offline" && !isAskedFor && !kept.has(person.employee);
}

function tilesOf({ employee, tracks }: WallPerson): Tile[] {
  if (tracks.length === 0) return [{ key: `${employee} 1`, employee, track: undefined, ordinal: 1, displays: 0 }];
  return tracks.map((track, at) => ({
    key: `${employee} ${at + 1}`,
    employee,
    track,
    ordinal: at + 1,
    displays: tracks.length,
  }));
}

type Compare = (a: WallPerson, b: WallPerson) => number;

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const byName: Compare = (a, b) => byText(a.nameKey, b.nameKey) || byText(a.employee, b.employee);
const idleSinceMs = ({ status, sinceMs }: WallPerson) => (status === "idle" ? sinceMs : Number.MAX_SAFE_INTEGER);

const COMPARE: Readonly<Record<Order, Compare>> = {
  name: byName,
  idle: (a, b) => idleSinceMs(a) - idleSinceMs(b),
  status: (a, b) => WALL_STATUSES.indexOf(a.status) - WALL_STATUSES.indexOf(b.status),
};
