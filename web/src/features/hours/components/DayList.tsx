import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { EmployeeId, WorkSummaryRow } from "@/api/types";
import { daySpan } from "@/lib/time/calendar";
import { formatWeekday } from "@/lib/time/format";
import { Button } from "@/ui/Button";
import { DayAxis } from "@/ui/DayAxis";
import { DayStrip } from "@/ui/DayStrip";
import { Instant } from "@/ui/Instant";
import type { StripSegment } from "@/ui/stripPieces";
import { WorkLength } from "@/ui/WorkLength";
import { dayRowsQuery, segmentsQuery } from "../api/hours";
import { useHoursFacts } from "../hooks/hoursContext";
import styles from "./DayList.module.css";
import { PartNote } from "./Part";

/** A week has seven, a year has more than one wants to draw at once. */
const SHOWN_FIRST = 31;
const HOUR_MS = 60 * 60 * 1000;
const NONE: readonly StripSegment[] = [];

/** Somebody's days, each with its strip, below the same hours. */
export function DayList({ employee, name }: { employee: EmployeeId; name: string }) {
  const { period, isCurrent, timeZone } = useHoursFacts();
  const one = useMemo(() => [employee], [employee]);
  const days = useQuery(dayRowsQuery({ period, isCurrent }, one));
  const segments = useQuery(segmentsQuery({ period, isCurrent }, one)).data?.get(employee) ?? NONE;
  const [isWhole, setWhole] = useState(false);
  const worked = days.data?.filter((row) => row.employeeId === employee && (row.activeMs > 0 || row.sessions > 0));
  const shown = isWhole ? worked : worked?.slice(0, SHOWN_FIRST);
  const hidden = (worked?.length ?? 0) - (shown?.length ?? 0);
  if (days.error && !worked) return <PartNote>{days.error.message}</PartNote>;
  if (worked?.length === 0) return <PartNote>Nothing was recorded on these days.</PartNote>;
  return (
    <div className={styles.days}>
      <div className={styles.axis}>
        <DayAxis day={daySpan(period.from, timeZone)} timeZone={timeZone} />
      </div>
      <ol className={styles.list}>
        {(shown ?? []).map((row) => (
          <Day key={row.date} row={row} name={name} segments={segments} />
        ))}
      </ol>
      {hidden > 0 && <Button look="bare" onClick={() => setWhole(true)}>{`Show ${hidden} more days`}</Button>}
    </div>
  );
}

interface DayProps {
  row: WorkSummaryRow;
  name: string;
  /** Of all days. */
  segments: readonly StripSegment[];
}

function Day({ row, name, segments }: DayProps) {
  const { timeZone } = useHoursFacts();
  const day = daySpan(row.date, timeZone);
  const own = useMemo(
    () => segments.filter(({ fromMs, toMs }) => fromMs < day.toMs && toMs > day.fromMs),
    [segments, day],
  );
  const word = formatWeekday(day.fromMs, timeZone);
  const hours = (day.toMs - day.fromMs) / HOUR_MS;
  return (
    <li className={styles.day}>
      <span className={styles.date}>
        {word}
        {hours !== 24 && <span title="The clocks changed on this day">{` · ${hours} h`}</span>}
      </span>
      <DayStrip label={`${name}, ${word}`} day={day} segments={own} timeZone={timeZone} isRunning={row.running} />
      <span className={styles.times}>
        {row.firstLogin === null ? (
          "–"
        ) : (
          <Instant atMs={row.firstLogin} timeZone={timeZone} besideMs={row.firstLogin} />
        )}
        {" – "}
        {row.running && "Active"}
        {!row.running && row.lastLogout !== null && (
          <Instant atMs={row.lastLogout} timeZone={timeZone} besideMs={day.fromMs} />
        )}
      </span>
      <span className={styles.net}>
        <WorkLength ms={row.netMs} />
      </span>
    </li>
  );
}
