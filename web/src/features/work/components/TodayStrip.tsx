import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import type { EmployeeId } from "@/api/types";
import { daySpan } from "@/lib/time/calendar";
import { formatOffset, isoDate } from "@/lib/time/format";
import { useDayStart } from "@/lib/time/useDayStart";
import { useMinute } from "@/lib/time/useMinute";
import { Button } from "@/ui/Button";
import { Card, CardNote } from "@/ui/Card";
import { DayAxis } from "@/ui/DayAxis";
import { DayStrip } from "@/ui/DayStrip";
import { Notice } from "@/ui/Notice";
import { todaySegmentsQuery } from "../api/work";
import { useHoursEvents } from "../hooks/useHoursEvents";
import { grownStrip } from "../model/todayStrip";
import type { WorkNow } from "../model/workNow";
import styles from "./TodayStrip.module.css";

interface TodayStripProps {
  employee: EmployeeId;
  /** What the person does now. */
  now: WorkNow;
  /** When screenshots were taken. */
  marks: readonly number[] | undefined;
  timeZone: string;
  /** The way to other days. */
  more?: ReactNode;
}

const NO_MARKS: readonly number[] = [];

/** The person's own day as a strip: every stretch with its exact edges, and a mark for each screenshot. */
export function TodayStrip({ employee, now, marks = NO_MARKS, timeZone, more }: TodayStripProps) {
  const startMs = useDayStart(timeZone);
  const nowMs = useMinute();
  const day = daySpan(isoDate(startMs, timeZone), timeZone);
  const query = useQuery(todaySegmentsQuery(employee, startMs, now));
  useHoursEvents(employee);
  const segments = useMemo(() => grownStrip(query.data ?? [], now.kind, nowMs), [query.data, now.kind, nowMs]);
  const marksOfToday = useMemo(() => marks.filter((atMs) => atMs >= startMs), [marks, startMs]);
  return (
    <Card title="Your timeline of today">
      {query.error && !query.data && (
        <Notice tone="error" action={<Button onClick={() => void query.refetch()}>Try again</Button>}>
          {query.error.message}
        </Notice>
      )}
      <div className={styles.strip}>
        <DayStrip
          label="Your timeline of today"
          day={day}
          segments={segments}
          timeZone={timeZone}
          size="hero"
          isRunning={now.kind !== "out"}
          marks={marksOfToday}
        />
        <DayAxis day={day} timeZone={timeZone} />
      </div>
      <CardNote>
        {`${timeZone.replaceAll("_", " ")}, ${formatOffset(startMs, timeZone)}. `}
        {marksOfToday.length > 0 && `The marks above it are your ${countOf(marksOfToday.length)}. `}
        {more}
      </CardNote>
    </Card>
  );
}

function countOf(screenshots: number): string {
  return screenshots === 1 ? "screenshot" : `${screenshots} screenshots`;
}
