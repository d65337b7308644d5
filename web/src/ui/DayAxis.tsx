import { memo, useMemo } from "react";
import type { TimeSpan } from "@/lib/time/calendar";
import { hourTicks } from "@/lib/time/hourTicks";
import styles from "./DayAxis.module.css";

interface DayAxisProps {
  day: TimeSpan;
  timeZone: string;
}

/** The hours of a day above or below its strips, as many as there is room for. Decoration: each strip says its own times. */
export const DayAxis = memo(function DayAxis({ day, timeZone }: DayAxisProps) {
  const ticks = useMemo(() => hourTicks(day, timeZone), [day, timeZone]);
  const lengthMs = day.toMs - day.fromMs;
  return (
    <div className={styles.axis} aria-hidden="true">
      {ticks.map(({ atMs, hour }) => (
        <span
          key={atMs}
          className={styles.hour}
          data-every={hour % 6 === 0 ? 6 : hour % 3 === 0 ? 3 : 1}
          style={{ left: `${(100 * (atMs - day.fromMs)) / lengthMs}%` }}
        >
          {String(hour).padStart(2, "0")}
        </span>
      ))}
    </div>
  );
});
