import { useSyncExternalStore } from "react";
import { sharedClock } from "./sharedClock";

/** The hub's current second, in milliseconds since 1970. Renders its caller once a second: use it in leaves only. */
export function useSecond(): number {
  return useSyncExternalStore(sharedClock.subscribe, sharedClock.secondMs);
}
