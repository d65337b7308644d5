import type { ReactNode } from "react";
import type { EmployeeId } from "@/api/types";
import { formatExact, formatTimeOfDay } from "@/lib/time/format";
import { useSecond } from "@/lib/time/useSecond";
import { RunningTime } from "@/ui/RunningTime";
import { STATUS_WORDS } from "@/ui/StatusBadge";
import { StatusShape } from "@/ui/StatusShape";
import { TimeAgo } from "@/ui/TimeAgo";
import { usePresence, usePresenceEntry } from "../hooks/presenceContext";
import { offlineReason, shownStatus } from "../model/shownStatus";
import { LostNotice } from "./LostNotice";
import styles from "./MyStatus.module.css";

/** What an employee's managers see of them, said to the person. */
export function MyStatus({ employee }: { employee: EmployeeId }) {
  const entry = usePresenceEntry(employee);
  const { lostAtMs, timeZone } = usePresence();
  if (!entry) return <div className={styles.skeleton} aria-hidden="true" />;
  const status = lostAtMs === undefined ? shownStatus(entry) : "unknown";
  return (
    <div className={styles.stack}>
      <LostNotice />
      <section className={styles.card} aria-label="Your status">
        <p className={styles.status}>
          <StatusShape status={status} size={20} />
          {STATUS_WORDS[status]}
        </p>
        <p className={styles.timer}>{status === "unknown" ? "–" : <RunningTime sinceMs={entry.since} />}</p>
        <dl className={styles.facts}>
          <Fact term="Since">
            <Instant atMs={entry.since} timeZone={timeZone} />
          </Fact>
          <Fact term="Working since">
            {entry.working_since == null ? (
              "Not punched in"
            ) : (
              <Instant atMs={entry.working_since} timeZone={timeZone} />
            )}
          </Fact>
          <Fact term="Last seen">
            {entry.last_seen == null ? "Not yet" : <TimeAgo atMs={entry.last_seen} timeZone={timeZone} />}
          </Fact>
          {entry.status === "offline" && <Fact term="Why offline">{offlineReason(entry.reason)}</Fact>}
        </dl>
      </section>
    </div>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Instant({ atMs, timeZone }: { atMs: number; timeZone: string }) {
  const nowMs = useSecond();
  return (
    <time className="tabular" dateTime={new Date(atMs).toISOString()} title={formatExact(atMs, timeZone)}>
      {formatTimeOfDay(atMs, nowMs, timeZone)}
    </time>
  );
}
