import type { WorkSessionRow } from "@/api/types";
import { formatDuration } from "@/lib/time/format";
import { Instant } from "@/ui/Instant";
import styles from "./SessionTable.module.css";

interface SessionTableProps {
  sessions: readonly WorkSessionRow[];
  timeZone: string;
}

/** Today's work sessions, as the hub recorded them; the latest first. */
export function SessionTable({ sessions, timeZone }: SessionTableProps) {
  return (
    <table className={styles.table}>
      <caption className={styles.caption}>{`Today's sessions (${timeZone.replaceAll("_", " ")})`}</caption>
      <thead>
        <tr>
          <th scope="col">From</th>
          <th scope="col">To</th>
          <th scope="col" className={styles.length}>
            Worked
          </th>
        </tr>
      </thead>
      <tbody>
        {[...sessions].reverse().map(({ id, start, end, netSeconds }) => (
          <tr key={id}>
            <td>
              <Instant atMs={start} timeZone={timeZone} />
            </td>
            <td>{end === null ? "now" : <Instant atMs={end} timeZone={timeZone} />}</td>
            <td className={styles.length}>{end === null ? "running" : formatDuration(netSeconds * 1000)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
