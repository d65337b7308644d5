import type { ReactNode } from "react";
import type { PresenceEntry } from "@/api/types";
import { Instant } from "@/ui/Instant";
import { RunningTime } from "@/ui/RunningTime";
import { STATUS_WORDS } from "@/ui/StatusBadge";
import { StatusShape } from "@/ui/StatusShape";
import { TimeAgo } from "@/ui/TimeAgo";
import { usePresence } from "../hooks/presenceContext";
import { offlineReason, shownStatus } from "../model/shownStatus";
import styles from "./MyStatus.module.css";

/** What an employee's managers see of them, said to the person. */
export function MyStatus({ entry }: { entry: PresenceEntry }) {
  const { lostAtMs, timeZone } = usePresence();
  const status = lostAtMs === undefined ? shownStatus(entry) : "unknown";
  const isLostOrAway = status === "unknown" || status === "offline";
  return (
    <section className={styles.card} aria-labelledby="status-title">
      <h2 id="status-title" className={styles.title}>
        Your status
      </h2>
      <p className={styles.status}>
        <StatusShape status={status} size={20} />
        {STATUS_WORDS[status]}
      </p>
      <p className={styles.timer}>{status === "unknown" ? "–" : <RunningTime sinceMs={entry.since} />}</p>
      <p className={styles.since}>
        Since <Instant atMs={entry.since} timeZone={timeZone} />. The managers of your team and the administrators see
        this.
      </p>
      {isLostOrAway && (
        <dl className={styles.facts}>
          {entry.last_seen != null && (
            <Fact term="Last seen">
              <TimeAgo atMs={entry.last_seen} timeZone={timeZone} />
            </Fact>
          )}
          {entry.status === "offline" && <Fact term="Why offline">{offlineReason(entry.reason)}</Fact>}
        </dl>
      )}
    </section>
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
