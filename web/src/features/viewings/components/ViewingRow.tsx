import type { CSSProperties } from "react";
import type { Viewing } from "@/api/types";
import { formatDuration } from "@/lib/time/format";
import { Moment } from "@/ui/Moment";
import { RunningTime } from "@/ui/RunningTime";
import type { ViewingSubject } from "../api/viewings";
import styles from "./ViewingTable.module.css";

export interface ViewingRowProps {
  viewing: Viewing;
  /** Whether the person who was watched is a column of its own. */
  subject: ViewingSubject;
  timeZone: string;
  style?: CSSProperties | undefined;
  /** From 1, the heading being 1. */
  rowIndex?: number;
}

/** One viewing: who, what, from, to, how long. */
export function ViewingRow({ viewing, subject, timeZone, style, rowIndex }: ViewingRowProps) {
  const { employeeId, employeeName, viewer, viewerName, what, from, to } = viewing;
  const isRunning = to == null;
  return (
    <tr className={styles.row} data-running={isRunning || undefined} style={style} aria-rowindex={rowIndex}>
      {subject === "people" && (
        <td className={styles.subject} title={employeeId}>
          {employeeName ?? employeeId}
        </td>
      )}
      <td className={styles.viewer} title={viewer}>
        {viewerName ?? viewer}
      </td>
      <td className={styles.what}>{capitalized(what)}</td>
      <td className={styles.from}>
        <Moment atMs={from} timeZone={timeZone} />
      </td>
      <td className={styles.to}>
        {isRunning ? <span className={styles.now}>Now</span> : <Moment atMs={to} timeZone={timeZone} besideMs={from} />}
      </td>
      <td className={styles.length}>{isRunning ? <RunningTime sinceMs={from} /> : formatDuration(to - from)}</td>
    </tr>
  );
}

/** The heading of a table of viewings. */
export function ViewingHead({ subject }: Pick<ViewingRowProps, "subject">) {
  return (
    <thead>
      <tr className={styles.head}>
        {subject === "people" && <th scope="col">Person</th>}
        <th scope="col">Watched by</th>
        <th scope="col">What</th>
        <th scope="col">From</th>
        <th scope="col">To</th>
        <th scope="col" className={styles.length}>
          Length
        </th>
      </tr>
    </thead>
  );
}

function capitalized(what: string): string {
  return what.charAt(0).toUpperCase() + what.slice(1);
}
