import { Activity } from "lucide-react";
import { memo, type ReactNode } from "react";
import type { EmployeeId, PresenceEntry } from "@/api/types";
import { formatExact, formatTimeOfDay } from "@/lib/time/format";
import { useSecond } from "@/lib/time/useSecond";
import { Avatar } from "@/ui/Avatar";
import { cx } from "@/ui/cx";
import { RunningTime } from "@/ui/RunningTime";
import { STATUS_WORDS, StatusBadge } from "@/ui/StatusBadge";
import { TimeAgo } from "@/ui/TimeAgo";
import { useTeamName } from "../hooks/boardContext";
import { usePresence, usePresenceEntry } from "../hooks/presenceContext";
import { shownStatus } from "../model/shownStatus";
import styles from "./PersonCard.module.css";
import { WatchLink } from "./WatchLink";

/** Somebody who is here: who, what, for how long. Draws itself when its person changes, alone. */
export const PersonCard = memo(function PersonCard({ employee }: { employee: EmployeeId }) {
  const entry = usePresenceEntry(employee);
  const { lostAtMs, timeZone } = usePresence();
  const team = useTeamName(entry?.team);
  if (!entry) return null;
  const isLost = lostAtMs !== undefined;
  const status = isLost ? "unknown" : shownStatus(entry);
  return (
    <article aria-label={entry.name} className={cx(styles.card, isLost && styles.lost)} data-status={status}>
      <header className={styles.who}>
        <Avatar name={entry.name} />
        <p className={styles.name} title={entry.name}>
          {entry.name}
        </p>
        <StatusBadge status={status} />
        <p className={styles.where}>
          <span className={styles.id}>{entry.employee}</span>
          {team && ` · ${team}`}
        </p>
      </header>
      <dl className={styles.timers}>
        <StatusTimer entry={entry} isLost={isLost} />
        <WorkTimer entry={entry} isLost={isLost} timeZone={timeZone} />
      </dl>
      <footer className={styles.foot}>
        <Sign entry={entry} isLost={isLost} timeZone={timeZone} />
        {!isLost && <WatchLink entry={entry} />}
      </footer>
    </article>
  );
});

function StatusTimer({ entry, isLost }: { entry: PresenceEntry; isLost: boolean }) {
  const word = STATUS_WORDS[shownStatus(entry)];
  return (
    <Timer term={isLost ? `Was ${word.toLowerCase()}` : `${word} for`}>
      {isLost ? "–" : <RunningTime sinceMs={entry.since} />}
    </Timer>
  );
}

interface PartProps {
  entry: PresenceEntry;
  isLost: boolean;
  timeZone: string;
}

/** The open work session. */
function WorkTimer({ entry, isLost, timeZone }: PartProps) {
  const sinceMs = entry.working_since;
  if (sinceMs == null) {
    return (
      <Timer term="Work">
        <span className={styles.none}>Not punched in</span>
      </Timer>
    );
  }
  return (
    <Timer term="Working for" title={`Since ${formatExact(sinceMs, timeZone)}`}>
      {isLost ? "–" : <RunningTime sinceMs={sinceMs} />}
    </Timer>
  );
}

function Timer({ term, title, children }: { term: string; title?: string; children: ReactNode }) {
  return (
    <div className={styles.timer} title={title}>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The last sign of the person. */
function Sign({ entry, isLost, timeZone }: PartProps) {
  const nowMs = useSecond();
  if (isLost) {
    return entry.last_seen == null ? (
      <span />
    ) : (
      <span>
        Last seen <TimeAgo atMs={entry.last_seen} timeZone={timeZone} />
      </span>
    );
  }
  if (entry.unstable) {
    return (
      <span className={styles.unstable} title="Changed more than three times within a minute">
        <Activity size={14} aria-hidden />
        Unstable connection
      </span>
    );
  }
  if (entry.status !== "idle") {
    // Somebody at the keyboard is active, also on a break. The hub hears whoever is here all the time, and does not push it.
    return <span>{entry.overlay === "break" ? "On a break" : "Seen just now"}</span>;
  }
  return (
    <span className="tabular" title={formatExact(entry.since, timeZone)}>
      {`Last input ${formatTimeOfDay(entry.since, nowMs, timeZone)}`}
    </span>
  );
}
