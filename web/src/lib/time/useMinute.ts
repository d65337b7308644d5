import { useCallback, useSyncExternalStore } from "react";
import { sharedClock } from "./sharedClock";

const MINUTE_MS = 60_000;

/** The hub's current minute, in milliseconds since 1970. Renders its caller once a minute. */
export function useMinute(): number {
  return useSyncExternalStore(
    sharedClock.subscribe,
    useCallback(() => {
      const nowMs = sharedClock.secondMs();
      return nowMs - (nowMs % MINUTE_MS);
    }, []),
  );
}
