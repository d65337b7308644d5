import { memo } from "react";
import type { EmployeeId } from "@/api/types";
import { Avatar } from "@/ui/Avatar";
import { STATUS_WORDS } from "@/ui/StatusBadge";
import { StatusShape } from "@/ui/StatusShape";
import { TimeAgo } from "@/ui/TimeAgo";
import { usePresence, usePresenceEntry } from "../hooks/presenceContext";
import { offlineReason } from "../model/shownStatus";
import styles from "./AbsentRow.module.css";

/** Somebody who is not here, on half the space: why, and when they were last seen. */
export const AbsentRow = memo(function AbsentRow({ employee }: { employee: EmployeeId }) {
  const entry = usePresenceEntry(employee);
  const { lostAtMs, timeZone } = usePresence();
  if (!entry) return null;
  const isLost = lostAtMs !== undefined;
  return (
    <article aria-label={entry.name} className={styles.row}>
      <Avatar name={entry.name} size={28} />
      <div className={styles.text}>
        <p className={styles.name} title={`${entry.name} (${entry.employee})`}>
          {entry.name}
        </p>
        <p className={styles.why}>
          <StatusShape status={isLost ? "unknown" : "offline"} size={8} />
          {isLost ? STATUS_WORDS.unknown : offlineReason(entry.reason)}
          {entry.last_seen != null && (
            <>
              <span aria-hidden="true">·</span>
              <TimeAgo atMs={entry.last_seen} timeZone={timeZone} />
            </>
          )}
        </p>
      </div>
    </article>
  );
});
