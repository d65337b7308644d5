import { dayStartMs } from "./dayStart";
import { isoDate, wallClockOf } from "./format";

/** A stretch of time: `fromMs` belongs to it, `toMs` does not. */
export interface TimeSpan {
  fromMs: number;
  toMs: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** Days asked for lately. A page shows at most a few weeks of them, and searching for one costs fifty formats. */
const KNOWN_MAX = 512;

const known = new Map<string, TimeSpan>();

/** The calendar day of an instant in a zone: `2026-11-20`. */
export function dateOf(atMs: number, timeZone: string): string {
  return isoDate(atMs, timeZone);
}

/** From the first moment of a calendar day to the first of the next: 23 to 25 hours where the clocks change. */
export function daySpan(date: string, timeZone: string): TimeSpan {
  const key = `${date} ${timeZone}`;
  const before = known.get(key);
  if (before) return before;
  const span = {
    fromMs: dayStartMs(noonOf(date, timeZone), timeZone),
    toMs: dayStartMs(noonOf(addDays(date, 1), timeZone), timeZone),
  };
  if (known.size >= KNOWN_MAX) known.clear();
  known.set(key, span);
  return span;
}

/** The calendar day `days` later, or earlier if negative. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The days from `first` to `last`, both included; none if `last` is earlier. */
export function datesBetween(first: string, last: string): string[] {
  const days = Math.round((Date.parse(last) - Date.parse(first)) / DAY_MS);
  return Array.from({ length: Math.max(0, days + 1) }, (_, index) => addDays(first, index));
}

/** The Monday of a day's week (ISO 8601). */
export function mondayOf(date: string): string {
  const weekday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(date, -weekday);
}

/** Whether a text is a day that exists: `2026-02-30` is none. */
export function isDate(text: unknown): text is string {
  if (typeof text !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const atMs = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(atMs) && new Date(atMs).toISOString().startsWith(text);
}

/** What a `datetime-local` field shows of an instant: `2026-11-20T10:04:12`, on the zone's clock. */
export function wallTextOf(atMs: number, timeZone: string): string {
  return new Date(wallClockOf(atMs, timeZone)).toISOString().slice(0, 19);
}

/**
 * The instant at which the zone's clock shows what a `datetime-local` field says; `undefined` if that is no time. Of an hour
 * that comes twice it is the first; one that is missing is as much later as the clocks jumped.
 */
export function instantOfWall(text: string, timeZone: string): number | undefined {
  const wallMs = Date.parse(`${text}Z`);
  if (Number.isNaN(wallMs)) return undefined;
  const offsets = [-DAY_MS, DAY_MS].map((aside) => wallClockOf(wallMs + aside, timeZone) - (wallMs + aside));
  const instants = offsets.map((offsetMs) => wallMs - offsetMs).sort((a, b) => a - b);
  return instants.find((atMs) => wallClockOf(atMs, timeZone) === wallMs) ?? instants.at(-1);
}

/** An instant in the middle of the day: no zone changes its clocks there. */
function noonOf(date: string, timeZone: string): number {
  const guessMs = Date.parse(`${date}T12:00:00Z`);
  return guessMs - (wallClockOf(guessMs, timeZone) - guessMs);
}
