import type { ReactNode } from "react";
import { formatCount } from "@/lib/count/formatCount";
import { StatusShape } from "@/ui/StatusShape";
import { WorkLength } from "@/ui/WorkLength";
import { useHoursFacts } from "../hooks/hoursContext";
import type { HoursTotal } from "../model/hoursRow";
import styles from "./HoursFigures.module.css";

/** What everything that is shown comes to. `people`: who is shown, working or not. */
export function HoursFigures({ total, people }: { total: HoursTotal; people: number }) {
  const { isCurrent } = useHoursFacts();
  return (
    <section aria-label="Sums of what is shown">
      <dl className={styles.figures}>
        <Figure term="Net" note="Active − Idle − Break">
          <WorkLength ms={total.netMs} />
        </Figure>
        <Figure term="Active" note="all recorded time" shape={<StatusShape status="active" />}>
          <WorkLength ms={total.activeMs} />
        </Figure>
        <Figure term="Idle" shape={<StatusShape status="idle" />}>
          <WorkLength ms={total.idleMs} />
        </Figure>
        <Figure term="Break" shape={<StatusShape status="break" />}>
          <WorkLength ms={total.breakMs} />
        </Figure>
        <Figure term="Meeting" shape={<StatusShape status="meeting" />}>
          <WorkLength ms={total.meetingMs} />
        </Figure>
        <Figure term="Worked" note={isCurrent ? `${total.running} active now` : undefined}>
          <span className="tabular">{`${formatCount(total.people)} of ${formatCount(people)}`}</span>
        </Figure>
      </dl>
    </section>
  );
}

interface FigureProps {
  term: string;
  note?: string | undefined;
  shape?: ReactNode;
  children: ReactNode;
}

function Figure({ term, note, shape, children }: FigureProps) {
  return (
    <div className={styles.figure}>
      <dt className={styles.term}>
        {shape}
        {term}
        {note && <span className={styles.note}>{note}</span>}
      </dt>
      <dd className={styles.value}>{children}</dd>
    </div>
  );
}
