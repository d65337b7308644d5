import type { WorkSummaryRow } from "@/api/types";
import { formatExactHours, formatHoursMinutes } from "@/lib/time/format";
import { lengthsOf } from "../model/hoursRow";
import styles from "./DayCell.module.css";
import tableStyles from "./HoursTable.module.css";
import { KindBar } from "./KindBar";

interface DayCellProps {
  date: string;
  isToday: boolean;
  row: WorkSummaryRow | undefined;
  /** Whether the hub has answered; a day without a row then is a day without work. */
  isLoaded: boolean;
}

/** One day of somebody's week: what it comes to, and what of it was what. */
export function DayCell({ date, isToday, row, isLoaded }: DayCellProps) {
  const hasWorked = row !== undefined && (row.activeMs > 0 || row.sessions > 0);
  return (
    <td className={tableStyles.day} data-today={isToday || undefined} data-date={date}>
      {!isLoaded && <span className={tableStyles.waiting} />}
      {isLoaded && !hasWorked && <span className={styles.none}>–</span>}
      {hasWorked && (
        <span className={styles.cell} title={`Net ${formatExactHours(row.netMs)} of ${formatExactHours(row.activeMs)}`}>
          <data className="tabular" value={row.netMs}>
            {formatHoursMinutes(row.netMs)}
          </data>
          <KindBar lengths={lengthsOf(row)} />
        </span>
      )}
    </td>
  );
}
