import { formatHours } from "@/lib/time/format";
import { KIND_WORDS } from "@/ui/DayStripCard";
import type { Lengths } from "../model/hoursRow";
import styles from "./KindBar.module.css";

/** What of the recorded time was what, as shares of one bar. */
export function KindBar({ lengths }: { lengths: Lengths }) {
  const { activeMs, idleMs, breakMs, meetingMs } = lengths;
  const shares = [
    { kind: "active", ms: activeMs - idleMs - breakMs - meetingMs },
    { kind: "meeting", ms: meetingMs },
    { kind: "idle", ms: idleMs },
    { kind: "break", ms: breakMs },
  ] as const;
  const shown = shares.filter(({ ms }) => ms > 0);
  const words = shown.map(({ kind, ms }) => `${KIND_WORDS[kind]} ${formatHours(ms)}`).join(", ");
  return (
    <span className={styles.bar} role="img" aria-label={words || "Nothing recorded"} title={words}>
      {shown.map(({ kind, ms }) => (
        <i key={kind} className={styles[kind]} style={{ width: `${(100 * ms) / activeMs}%` }} />
      ))}
    </span>
  );
}
