import { formatExact, formatTimeOfDay } from "@/lib/time/format";
import { useSecond } from "@/lib/time/useSecond";

/** A time of day, with its day if that is not today; the exact one, with its zone, on hover. */
export function Instant({ atMs, timeZone }: { atMs: number; timeZone: string }) {
  const nowMs = useSecond();
  return (
    <time className="tabular" dateTime={new Date(atMs).toISOString()} title={formatExact(atMs, timeZone)}>
      {formatTimeOfDay(atMs, nowMs, timeZone)}
    </time>
  );
}
