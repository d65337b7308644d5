import { formatDay } from "./format";

/** No day that has begun is longer ago: the longest one has 25 hours, and one in which a zone moved over the date line 48. */
const DAY_MS_MAX = 50 * 60 * 60 * 1000;

/**
 * The first millisecond of the day of `nowMs` in a zone. Searched for, not computed: days have 23 to 25 hours, and in some
 * zones one begins at one o'clock.
 */
export function dayStartMs(nowMs: number, timeZone: string): number {
  const today = formatDay(nowMs, timeZone);
  let before = nowMs - DAY_MS_MAX;
  let within = nowMs;
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2);
    if (formatDay(middle, timeZone) === today) within = middle;
    else before = middle;
  }
  return within;
}
