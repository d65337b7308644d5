import { formatDuration } from "@/lib/time/format";
import { useSecond } from "@/lib/time/useSecond";

/** How long something lasts already; renders itself once a second, and nothing around it. */
export function RunningTime({ sinceMs }: { sinceMs: number }) {
  const nowMs = useSecond();
  return <span className="tabular">{formatDuration(nowMs - sinceMs)}</span>;
}
