import { dateOf } from "./calendar";
import { useDayStart } from "./useDayStart";

/** Today's date in a zone, by the hub's clock: `2026-11-20`. Renders its caller at midnight. */
export function useToday(timeZone: string): string {
  return dateOf(useDayStart(timeZone), timeZone);
}
