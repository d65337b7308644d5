import { formatAgo, formatExact } from "@/lib/time/format";
import { useSecond } from "@/lib/time/useSecond";

/** An instant as a person thinks of it; the exact one, with its zone, on hover. */
export function TimeAgo({ atMs, timeZone }: { atMs: number; timeZone: string }) {
  const nowMs = useSecond();
  return (
    <time className="tabular" dateTime={new Date(atMs).toISOString()} title={formatExact(atMs, timeZone)}>
      {formatAgo(nowMs - atMs)}
    </time>
  );
}
