import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";
import { daySpan } from "@/lib/time/calendar";
import { formatShortWeekday } from "@/lib/time/format";
import { cx } from "@/ui/cx";
import { DayAxis } from "@/ui/DayAxis";
import { useHoursFacts } from "../hooks/hoursContext";
import type { HoursOrder } from "../model/hoursSearch";
import type { HoursShown } from "./HoursTable";
import styles from "./HoursTable.module.css";

interface HoursHeadProps {
  shown: HoursShown;
  dates: readonly string[];
  order: HoursOrder;
  isDown: boolean;
  onSort: (order: HoursOrder) => void;
}

/** The headings, which stay in sight; each sorts. */
export function HoursHead({ shown, dates, order, isDown, onSort }: HoursHeadProps) {
  const { timeZone, today } = useHoursFacts();
  const sortable = (one: HoursOrder, word: string, className?: string) => (
    <SortHead
      className={className}
      way={one !== order ? undefined : isDown ? "descending" : "ascending"}
      onSort={() => onSort(one)}
    >
      {word}
    </SortHead>
  );
  return (
    <thead className={styles.head}>
      <tr className={styles.line}>
        {sortable("name", "Person")}
        {shown === "strip" && (
          <th scope="col" className={styles.strip}>
            <span className="visually-hidden">Day, hour by hour</span>
            <DayAxis day={daySpan(dates[0] ?? today, timeZone)} timeZone={timeZone} />
          </th>
        )}
        {shown === "days" &&
          dates.map((date) => (
            <th key={date} scope="col" className={styles.day} data-today={date === today || undefined}>
              {formatShortWeekday(daySpan(date, timeZone).fromMs, timeZone)}
            </th>
          ))}
        {shown === "share" && (
          <th scope="col" className={styles.strip}>
            Shares of Active
          </th>
        )}
        {shown === "strip" && sortable("first", "First login", styles.first)}
        {shown === "strip" && sortable("last", "Last logout", styles.last)}
        {sortable("active", "Active", cx(styles.figure, styles.active))}
        {sortable("idle", "Idle", cx(styles.figure, styles.idle))}
        {sortable("net", "Net", cx(styles.figure, styles.net))}
        {sortable("sessions", "Sessions", styles.count)}
        <th scope="col" className={styles.interval} title="How often a screenshot is taken">
          Screenshot
        </th>
      </tr>
    </thead>
  );
}

interface SortHeadProps {
  className: string | undefined;
  way: "ascending" | "descending" | undefined;
  onSort: () => void;
  children: ReactNode;
}

function SortHead({ className, way, onSort, children }: SortHeadProps) {
  const Arrow = way === "descending" ? ArrowDown : ArrowUp;
  return (
    <th scope="col" className={className} aria-sort={way}>
      <button type="button" className={styles.sort} onClick={onSort}>
        {children}
        {way && <Arrow size={12} aria-hidden />}
      </button>
    </th>
  );
}
