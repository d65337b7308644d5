import { useCallback, useSyncExternalStore } from "react";
import { dayStartMs } from "./dayStart";
import { sharedClock } from "./sharedClock";

const MINUTE_MS = 60_000;

/** What is known of one zone: asked for every second by every page, computed once a minute. */
interface Known {
  minute: number;
  startMs: number;
}

const known = new Map<string, Known>();

/** When today began in a zone, by the hub's clock. Renders its caller at midnight. */
export function useDayStart(timeZone: string): number {
  return useSyncExternalStore(
    sharedClock.subscribe,
    useCallback(() => startInMinute(sharedClock.secondMs(), timeZone), [timeZone]),
  );
}

function startInMinute(nowMs: number, timeZone: string): number {
  const minute = Math.floor(nowMs / MINUTE_MS);
  const before = known.get(timeZone);
  if (before?.minute === minute) return before.startMs;
  const startMs = dayStartMs(nowMs, timeZone);
  known.set(timeZone, { minute, startMs });
  return startMs;
}
