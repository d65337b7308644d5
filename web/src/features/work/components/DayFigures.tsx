import { formatDuration } from "@/lib/time/format";
import { useSecond } from "@/lib/time/useSecond";
import { Fact, FactList } from "@/ui/FactList";
import { totalsAt, type WorkDay } from "../model/workDay";
import type { WorkKind } from "../model/workNow";

/** What today comes to, running. Stands there at its final size before the hub has answered. */
export function DayFigures({ day, kind }: { day: WorkDay | undefined; kind: WorkKind }) {
  const nowMs = useSecond();
  const totals = day && totalsAt(day, kind, nowMs);
  return (
    <FactList>
      <Figure term="Worked today" lengthMs={totals?.netMs} />
      <Figure term="Breaks" lengthMs={totals?.breakMs} />
      <Figure term="Idle" lengthMs={totals?.idleMs} />
    </FactList>
  );
}

function Figure({ term, lengthMs }: { term: string; lengthMs: number | undefined }) {
  return <Fact term={term}>{lengthMs === undefined ? "–" : formatDuration(lengthMs)}</Fact>;
}
