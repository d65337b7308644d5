import { daySpan } from "@/lib/time/calendar";
import { formatExact, formatWeekday } from "@/lib/time/format";
import { useSecond } from "@/lib/time/useSecond";
import { useHoursFacts } from "../hooks/hoursContext";
import { zoneWords } from "../model/words";
import styles from "./PrintTitle.module.css";

/** What a printed report says of itself: which days, in which zone, of how many people, and when it was made. */
export function PrintTitle({ people }: { people: number | undefined }) {
  const { period, timeZone } = useHoursFacts();
  const nowMs = useSecond();
  const [from, to] = [period.from, period.to].map((date) => formatWeekday(daySpan(date, timeZone).fromMs, timeZone));
  return (
    <p className={styles.title}>
      {from === to ? from : `${from} – ${to}`}
      {` · days and times of ${zoneWords(timeZone)} · ${people ?? 0} ${people === 1 ? "person" : "people"}`}
      {` · printed ${formatExact(nowMs, timeZone)}`}
    </p>
  );
}
