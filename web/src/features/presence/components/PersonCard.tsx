import { Activity } from "lucide-react";
import { memo } from "react";
import type { EmployeeId, PresenceEntry } from "@/api/types";
import { formatExact, formatTimeOfDay } from "@/lib/time/format";
import { useSecond } from "@/lib/time/useSecond";
import { Avatar } from "@/ui/Avatar";
import { cx } from "@/ui/cx";
import { RunningTime } from "@/ui/RunningTime";
import { STATUS_WORDS, StatusBadge } from "@/ui/StatusBadge";
import { TimeAgo } from "@/ui/TimeAgo";
import { usePresence, usePresenceEntry } from "../hooks/presenceContext";
import { useTeamName } from "../hooks/teamNames";
import { shownStatus } from "../model/shownStatus";
import styles from "./PersonCard.module.css";

/** Somebody who is here: who, what, for how long. Draws itself when its person changes, alone. */
export const PersonCard = memo(function PersonCard({ employee }: { employee: EmployeeId }) {
  const entry = usePresenceEntry(employee);
  const { lostAtMs, timeZone } = usePresence();
  const team = useTeamName(entry?.team);
  if (!entry) return null;
  const status = shownStatus(entry);
  const isLost = lostAtMs !== undefined;
  return (
    <article
      aria-label={entry.name}
      className={cx(styles.card, isLost && styles.lost)}
      data-status={isLost ? "unknown" : status}
    >
      <header className={styles.who}>
        <Avatar name={entry.name} />
        <div className={styles.names}>
          <p className={styles.name} title={entry.name}>
            {entry.name}
          </p>
          <p className={styles.where}>
            <span className={styles.id}>{entry.employee}</span>
            {team && ` · ${team}`}
          </p>
        </div>
        <StatusBadge status={isLost ? "unknown" : status} />
      </header>
      <p className={styles.timer}>
        {isLost ? (
          <span className={styles.was}>{`Was ${STATUS_WORDS[status].toLowerCase()}`}</span>
        ) : (
          <RunningTime sinceMs={entry.since} />
        )}
        {entry.unstable && !isLost && (
          <span className={styles.unstable} title="Changed more than three times within a minute">
            <Activity size={16} aria-hidden />
            Unstable
          </span>
        )}
      </p>
      <footer className={styles.foot}>
        <WorkingSince entry={entry} timeZone={timeZone} />
        {/* Whoever is here is heard all the time, and the hub does not push each time. */}
        {isLost && entry.last_seen != null && (
          <span>
            Seen <TimeAgo atMs={entry.last_seen} timeZone={timeZone} />
          </span>
        )}
      </footer>
    </article>
  );
});

function WorkingSince({ entry, timeZone }: { entry: PresenceEntry; timeZone: string }) {
  const nowMs = useSecond();
  // Somebody at the keyboard is active, also on a break; why they are not working is said here.
  if (entry.overlay === "break" && entry.status === "active") return <span>On a break</span>;
  const sinceMs = entry.working_since;
  if (sinceMs == null) return <span>Not punched in</span>;
  return (
    <span className="tabular" title={formatExact(sinceMs, timeZone)}>
      {`Working since ${formatTimeOfDay(sinceMs, nowMs, timeZone)}`}
    </span>
  );
}
