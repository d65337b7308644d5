import { formatCount } from "../count/formatCount";

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A running or finished length of time: `0:07`, `12:34`, `3:05:09`, `2 d 3:05:09`. Never negative. */
export function formatDuration(lengthMs: number): string {
  const seconds = Math.floor(Math.max(0, lengthMs) / SECOND_MS);
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const tail = String(seconds % 60).padStart(2, "0");
  if (days === 0 && hours === 0) return `${minutes}:${tail}`;
  const clock = `${hours}:${String(minutes).padStart(2, "0")}:${tail}`;
  return days === 0 ? clock : `${days} d ${clock}`;
}

/** A sum of working time, as timesheets have it: `7:05:09`, `0:00:07`, `1,138:12:00`. Never negative. */
export function formatHours(lengthMs: number): string {
  const seconds = Math.floor(Math.max(0, lengthMs) / SECOND_MS);
  const [minute, second] = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, "0"));
  return `${formatCount(Math.floor(seconds / 3600))}:${minute}:${second}`;
}

/** The same to the millisecond: `7:05:09.123`. */
export function formatExactHours(lengthMs: number): string {
  return `${formatHours(lengthMs)}.${String(Math.max(0, lengthMs) % SECOND_MS).padStart(3, "0")}`;
}

/** The same in hours and minutes, where seconds would be noise: `7:05`. */
export function formatHoursMinutes(lengthMs: number): string {
  return formatHours(lengthMs).slice(0, -3);
}

/** How long ago, in the calm steps in which a person thinks: `just now`, `4 min ago`, `3 h ago`, `2 d ago`. */
export function formatAgo(agoMs: number): string {
  if (agoMs < MINUTE_MS) return "just now";
  if (agoMs < HOUR_MS) return `${Math.floor(agoMs / MINUTE_MS)} min ago`;
  if (agoMs < DAY_MS) return `${Math.floor(agoMs / HOUR_MS)} h ago`;
  return `${Math.floor(agoMs / DAY_MS)} d ago`;
}

/** The exact instant with its zone: `Fri, 20 Nov 2026, 14:02:31 GMT+1`. */
export function formatExact(atMs: number, timeZone: string): string {
  return formatter(timeZone, {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
  }).format(atMs);
}

/** The time of day: `14:02`. With the day in front if it is not the day of `nowMs` in that zone: `18 Nov, 14:02`, `18 Nov 2025, 14:02`. */
export function formatTimeOfDay(atMs: number, nowMs: number, timeZone: string): string {
  const date = dateBeside(atMs, nowMs, timeZone);
  return formatter(timeZone, { ...date, hour: "2-digit", minute: "2-digit" }).format(atMs);
}

/** The same to the second: `14:02:31`, `18 Nov, 14:02:31`, `18 Nov 2025, 14:02:31`. */
export function formatMoment(atMs: number, nowMs: number, timeZone: string): string {
  const date = dateBeside(atMs, nowMs, timeZone);
  return formatter(timeZone, { ...date, hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(atMs);
}

/** What of a date has to be said to somebody who thinks of `nowMs`: nothing on the same day, no year in the same year. */
function dateBeside(atMs: number, nowMs: number, timeZone: string): Intl.DateTimeFormatOptions {
  const [day, now] = [formatDay(atMs, timeZone), formatDay(nowMs, timeZone)];
  if (day === now) return {};
  const date = { day: "numeric", month: "short" } as const;
  return day.slice(-4) === now.slice(-4) ? date : { ...date, year: "numeric" };
}

/** The day: `20 Nov 2026`. */
export function formatDay(atMs: number, timeZone: string): string {
  return formatter(timeZone, { day: "numeric", month: "short", year: "numeric" }).format(atMs);
}

/** The day with its weekday: `Fri, 20 Nov 2026`. */
export function formatWeekday(atMs: number, timeZone: string): string {
  return formatter(timeZone, { weekday: "short", day: "numeric", month: "short", year: "numeric" }).format(atMs);
}

/** The same where the year is clear and room is little: `Fri 20`. */
export function formatShortWeekday(atMs: number, timeZone: string): string {
  return formatter(timeZone, { weekday: "short", day: "numeric" }).format(atMs).replace(",", "");
}

/** The zone's offset at an instant, as people write it: `GMT+1`. */
export function formatOffset(atMs: number, timeZone: string): string {
  const parts = formatter(timeZone, { timeZoneName: "shortOffset" }).formatToParts(atMs);
  return parts.find((part) => part.type === "timeZoneName")?.value ?? timeZone;
}

/** The calendar day as programs write it: `2026-11-20`. */
export function isoDate(atMs: number, timeZone: string): string {
  return new Date(wallClockOf(atMs, timeZone)).toISOString().slice(0, 10);
}

/**
 * What a clock in the zone shows, as the milliseconds at which a clock in UTC shows the same. For arithmetic with hours and
 * days as people read them; it is no instant.
 */
export function wallClockOf(atMs: number, timeZone: string): number {
  const options = {
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  } as const;
  const parts = formatter(timeZone, options).formatToParts(atMs);
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((one) => one.type === type)?.value);
  const seconds = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return seconds + (((atMs % 1000) + 1000) % 1000);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter costs far more than using it, and a board of thousands uses four. */
function formatter(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${timeZone} ${JSON.stringify(options)}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-GB", { ...options, timeZone, hourCycle: "h23" });
  formatters.set(key, made);
  return made;
}
