import { formatExact, formatTimeOfDay } from "@/lib/time/format";
import { useSecond } from "@/lib/time/useSecond";

interface InstantProps {
  atMs: number;
  timeZone: string;
  /** The day that need not be said again; default: today. */
  besideMs?: number;
}

/** A time of day, with its day if that is another one; the exact one, with its zone, on hover. */
export function Instant({ atMs, timeZone, besideMs }: InstantProps) {
  const nowMs = useSecond();
  return (
    <time className="tabular" dateTime={new Date(atMs).toISOString()} title={formatExact(atMs, timeZone)}>
      {formatTimeOfDay(atMs, besideMs ?? nowMs, timeZone)}
    </time>
  );
}
