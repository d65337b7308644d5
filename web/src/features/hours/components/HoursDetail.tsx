import { useState } from "react";
import type { WorkSummaryRow } from "@/api/types";
import type { TimeSpan } from "@/lib/time/calendar";
import { DayAxis } from "@/ui/DayAxis";
import { DayStrip } from "@/ui/DayStrip";
import type { StripSegment } from "@/ui/stripPieces";
import { useHoursFacts } from "../hooks/hoursContext";
import { CorrectionDialog } from "./CorrectionDialog";
import { CorrectionList } from "./CorrectionList";
import { DayList } from "./DayList";
import styles from "./HoursDetail.module.css";
import { IntervalChoice } from "./IntervalChoice";
import { SessionList } from "./SessionList";

interface HoursDetailProps {
  row: WorkSummaryRow;
  /** Of the one day that is shown; absent where several are. */
  day: TimeSpan | undefined;
  /** Of that day; `undefined` while on their way. */
  segments: readonly StripSegment[] | undefined;
}

/** Everything that one person's figures are made of. */
export function HoursDetail({ row, day, segments }: HoursDetailProps) {
  const { period, timeZone, mayCorrect, shotsOf } = useHoursFacts();
  const { employeeId, name } = row;
  const [isCorrecting, setCorrecting] = useState(false);
  return (
    <div className={styles.detail}>
      {day && (
        <div className={styles.hero}>
          <DayAxis day={day} timeZone={timeZone} />
          <DayStrip
            label={`${name}, the day in detail`}
            day={day}
            segments={segments ?? []}
            timeZone={timeZone}
            isRunning={row.running}
            size="hero"
          />
        </div>
      )}
      {!day && <DayList employee={employeeId} name={name} />}
      <div className={styles.parts}>
        <SessionList employee={employeeId} />
        <CorrectionList
          employee={employeeId}
          onCorrect={mayCorrect(employeeId) ? () => setCorrecting(true) : undefined}
        />
      </div>
      <div className={styles.interval}>
        <span className={styles.label}>A screenshot every</span>
        <IntervalChoice employee={employeeId} name={name} />
      </div>
      {shotsOf(employeeId, period)}
      {isCorrecting && (
        <CorrectionDialog
          employee={employeeId}
          name={name}
          segments={segments ?? []}
          onClose={() => setCorrecting(false)}
        />
      )}
    </div>
  );
}
