import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { EmployeeId } from "@/api/types";
import { daySpan } from "@/lib/time/calendar";
import { formatWeekday } from "@/lib/time/format";
import { useToday } from "@/lib/time/useToday";
import { DayStrip } from "@/ui/DayStrip";
import { WorkLength } from "@/ui/WorkLength";
import { segmentsQuery, summaryQuery } from "../api/hours";
import type { Period } from "../model/period";
import styles from "./TodayHours.module.css";

/** Somebody's hours of today in one line: what they come to, and when they were. */
export function TodayHours({ employee, name, timeZone }: { employee: EmployeeId; name: string; timeZone: string }) {
  const today = useToday(timeZone);
  const asked = useMemo(() => {
    const period: Period = { kind: "day", from: today, to: today };
    return { period, isCurrent: true };
  }, [today]);
  const row = useQuery({
    ...summaryQuery(asked),
    select: (rows) => rows.find(({ employeeId }) => employeeId === employee),
  }).data;
  const segments = useQuery(segmentsQuery(asked, [employee])).data?.get(employee);
  const day = daySpan(today, timeZone);
  return (
    <div className={styles.hours}>
      <dl className={styles.figures}>
        <Figure term="Net" ms={row?.netMs} />
        <Figure term="Active" ms={row?.activeMs} />
        <Figure term="Idle" ms={row?.idleMs} />
      </dl>
      <DayStrip
        label={`${name}, ${formatWeekday(day.fromMs, timeZone)}`}
        day={day}
        segments={segments ?? []}
        timeZone={timeZone}
        isRunning={row?.running ?? false}
      />
    </div>
  );
}

function Figure({ term, ms }: { term: string; ms: number | undefined }) {
  return (
    <div className={styles.figure}>
      <dt>{term}</dt>
      <dd>{ms === undefined ? "–" : <WorkLength ms={ms} />}</dd>
    </div>
  );
}
