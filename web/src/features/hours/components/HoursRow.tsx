import { ChevronRight } from "lucide-react";
import { memo, useId } from "react";
import type { EmployeeId, WorkSummaryRow } from "@/api/types";
import { daySpan } from "@/lib/time/calendar";
import { formatWeekday } from "@/lib/time/format";
import { Avatar } from "@/ui/Avatar";
import { cx } from "@/ui/cx";
import { DayStrip } from "@/ui/DayStrip";
import { Instant } from "@/ui/Instant";
import { StatusShape } from "@/ui/StatusShape";
import type { StripSegment } from "@/ui/stripPieces";
import { WorkLength } from "@/ui/WorkLength";
import { useHoursFacts } from "../hooks/hoursContext";
import { lengthsOf } from "../model/hoursRow";
import { DayCell } from "./DayCell";
import { HoursDetail } from "./HoursDetail";
import type { HoursShown } from "./HoursTable";
import styles from "./HoursTable.module.css";
import { IntervalChoice } from "./IntervalChoice";
import { KindBar } from "./KindBar";

interface HoursRowProps {
  row: WorkSummaryRow;
  shown: HoursShown;
  dates: readonly string[];
  /** From 0. */
  index: number;
  isOpen: boolean;
  /** `undefined` while on their way. */
  segments: readonly StripSegment[] | undefined;
  days: readonly WorkSummaryRow[] | undefined;
  onToggle: (employee: EmployeeId) => void;
  /** Tells the virtualizer how high it is. */
  measure?: (element: HTMLElement | null) => void;
}

/** One person: the line of figures, and below it, when it stands open, everything that they are made of. */
export const HoursRow = memo(function HoursRow(props: HoursRowProps) {
  const { row, shown, index, isOpen, segments, onToggle, measure } = props;
  const { timeZone, period } = useHoursFacts();
  const detailId = useId();
  const hasWorked = row.activeMs > 0 || row.sessions > 0;
  return (
    <tbody
      ref={measure}
      data-index={index}
      className={styles.person}
      data-open={isOpen || undefined}
      data-absent={!hasWorked || undefined}
    >
      <tr className={styles.line} aria-rowindex={index + 2}>
        <th scope="row" className={styles.who}>
          <button
            type="button"
            className={styles.toggle}
            aria-expanded={isOpen}
            aria-controls={isOpen ? detailId : undefined}
            onClick={() => onToggle(row.employeeId)}
          >
            <ChevronRight size={16} aria-hidden className={styles.chevron} />
            <Avatar name={row.name} size={28} />
            <span className={styles.names}>
              <span className={styles.name}>{row.name}</span>
              <span className={styles.id}>{row.employeeId}</span>
            </span>
          </button>
        </th>
        <Middle {...props} />
        {shown === "strip" && (
          <>
            <td className={styles.first}>
              {row.firstLogin === null ? (
                "–"
              ) : (
                <Instant atMs={row.firstLogin} timeZone={timeZone} besideMs={row.firstLogin} />
              )}
            </td>
            <td className={styles.last}>
              <LastLogout row={row} />
            </td>
          </>
        )}
        <Figure label="Active" ms={row.activeMs} isEmpty={!hasWorked} />
        <Figure label="Idle" ms={row.idleMs} isEmpty={!hasWorked} />
        <Figure label="Net" ms={row.netMs} isEmpty={!hasWorked} />
        <td className={styles.count}>
          {row.sessions}
          <span className={styles.unit}>{row.sessions === 1 ? " session" : " sessions"}</span>
        </td>
        <td className={styles.interval}>
          <IntervalChoice employee={row.employeeId} name={row.name} />
        </td>
      </tr>
      {isOpen && (
        <tr id={detailId} className={styles.detail}>
          <td colSpan={99}>
            <HoursDetail
              row={row}
              segments={shown === "strip" ? segments : undefined}
              day={shown === "strip" ? daySpan(period.from, timeZone) : undefined}
            />
          </td>
        </tr>
      )}
    </tbody>
  );
});

/** What stands between the name and the figures. */
function Middle({ row, shown, dates, segments, days }: HoursRowProps) {
  const { timeZone, period, today } = useHoursFacts();
  switch (shown) {
    case "strip": {
      const day = daySpan(period.from, timeZone);
      return (
        <td className={styles.strip}>
          {segments ? (
            <DayStrip
              label={`${row.name}, ${formatWeekday(day.fromMs, timeZone)}`}
              day={day}
              segments={segments}
              timeZone={timeZone}
              isRunning={row.running}
            />
          ) : (
            <span className={styles.waiting} />
          )}
        </td>
      );
    }
    case "days":
      return dates.map((date) => (
        <DayCell
          key={date}
          date={date}
          isToday={date === today}
          row={days?.find((one) => one.date === date)}
          isLoaded={days !== undefined}
        />
      ));
    case "share":
      return (
        <td className={styles.strip}>
          <KindBar lengths={lengthsOf(row)} />
        </td>
      );
  }
}

/** When somebody left; whoever has not is active. */
function LastLogout({ row }: { row: WorkSummaryRow }) {
  const { timeZone } = useHoursFacts();
  if (row.running) {
    return (
      <span className={styles.running}>
        <StatusShape status="active" />
        Active
      </span>
    );
  }
  if (row.lastLogout === null) return "–";
  // The session went on over midnight, on the next day.
  if (row.lastLogout === daySpan(row.date, timeZone).toMs) return <span title="Went on over midnight">24:00</span>;
  return <Instant atMs={row.lastLogout} timeZone={timeZone} besideMs={row.firstLogin ?? row.lastLogout} />;
}

function Figure({ label, ms, isEmpty }: { label: "Active" | "Idle" | "Net"; ms: number; isEmpty: boolean }) {
  return (
    <td className={cx(styles.figure, styles[label.toLowerCase()])} data-figure={label.toLowerCase()}>
      <span className={styles.unit}>{label} </span>
      {isEmpty ? "–" : <WorkLength ms={ms} />}
    </td>
  );
}
