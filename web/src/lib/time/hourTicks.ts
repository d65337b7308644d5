import type { TimeSpan } from "./calendar";
import { wallClockOf } from "./format";

const QUARTER_MS = 15 * 60 * 1000;
const HOUR_MS = 4 * QUARTER_MS;
/** Ticks of the days that are shown; each costs a hundred formats and is the same for every row. */
const KNOWN_MAX = 64;

/** Where a clock in the zone strikes an hour. */
export interface HourTick {
  atMs: number;
  /** 0 to 23. Where the clocks go back, one of them comes twice; where they go forward, one is missing. */
  hour: number;
}

const known = new Map<string, readonly HourTick[]>();

/** The hours that strike in a span, its first moment included. Every offset in use is a multiple of a quarter of an hour. */
export function hourTicks({ fromMs, toMs }: TimeSpan, timeZone: string): readonly HourTick[] {
  const key = `${fromMs} ${toMs} ${timeZone}`;
  const before = known.get(key);
  if (before) return before;
  const ticks: HourTick[] = [];
  for (let atMs = Math.ceil(fromMs / QUARTER_MS) * QUARTER_MS; atMs < toMs; atMs += QUARTER_MS) {
    const wallMs = wallClockOf(atMs, timeZone);
    if (wallMs % HOUR_MS === 0) ticks.push({ atMs, hour: (wallMs / HOUR_MS) % 24 });
  }
  if (known.size >= KNOWN_MAX) known.clear();
  known.set(key, ticks);
  return ticks;
}
