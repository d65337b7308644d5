import { formatExact } from "@/lib/time/format";
import { useSecond } from "@/lib/time/useSecond";
import styles from "./PrintLine.module.css";

/** What a printed page says of itself, `about` first: whose clock its times are of, and when it was made. On screens nothing. */
export function PrintLine({ about, timeZone }: { about?: string; timeZone: string }) {
  const nowMs = useSecond();
  const zone = timeZone.replaceAll("_", " ");
  const made = `printed ${formatExact(nowMs, timeZone)}`;
  return <p className={styles.line}>{[about, `Days and times of ${zone}`, made].filter(Boolean).join(" · ")}</p>;
}
