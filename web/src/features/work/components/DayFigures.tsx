import { formatDuration } from "@/lib/time/format";
import { useSecond } from "@/lib/time/useSecond";
import { totalsAt, type WorkDay } from "../model/workDay";
import type { WorkKind } from "../model/workNow";
import styles from "./WorkCard.module.css";

/** What today comes to, running. Stands there at its final size before the hub has answered. */
export function DayFigures({ day, kind }: { day: WorkDay | undefined; kind: WorkKind }) {
  const nowMs = useSecond();
  const totals = day && totalsAt(day, kind, nowMs);
  return (
    <dl className={styles.figures}>
      <Figure term="Worked today" lengthMs={totals?.netMs} />
      <Figure term="Breaks" lengthMs={totals?.breakMs} />
      <Figure term="Idle" lengthMs={totals?.idleMs} />
    </dl>
  );
}

function Figure({ term, lengthMs }: { term: string; lengthMs: number | undefined }) {
  return (
    <div className={styles.figure}>
      <dt>{term}</dt>
      <dd className="tabular">{lengthMs === undefined ? "–" : formatDuration(lengthMs)}</dd>
    </div>
  );
}
