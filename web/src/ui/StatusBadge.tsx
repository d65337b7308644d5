import styles from "./StatusBadge.module.css";
import { type StatusLook, StatusShape } from "./StatusShape";

export const STATUS_WORDS: Readonly<Record<StatusLook, string>> = {
  active: "Active",
  idle: "Idle",
  meeting: "Meeting",
  class: "Class",
  break: "Break",
  offline: "Offline",
  unknown: "Unknown",
};

/** A status, the same everywhere: shape and word. */
export function StatusBadge({ status }: { status: StatusLook }) {
  return (
    <span className={styles.badge}>
      <StatusShape status={status} />
      {STATUS_WORDS[status]}
    </span>
  );
}
