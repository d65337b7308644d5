import { formatExact, formatMoment } from "@/lib/time/format";
import { useSecond } from "@/lib/time/useSecond";

interface MomentProps {
  atMs: number;
  timeZone: string;
  /** The day that need not be said again; default: today. */
  besideMs?: number;
}

/** A time of day to the second, with its day if that is another one; its zone on hover. For where exactness matters. */
export function Moment({ atMs, timeZone, besideMs }: MomentProps) {
  const nowMs = useSecond();
  return (
    <time className="tabular" dateTime={new Date(atMs).toISOString()} title={formatExact(atMs, timeZone)}>
      {formatMoment(atMs, besideMs ?? nowMs, timeZone)}
    </time>
  );
}
