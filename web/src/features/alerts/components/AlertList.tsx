import { CameraOff, CircleArrowUp, Hourglass, type LucideIcon, UserX } from "lucide-react";
import type { Alert, AlertKind, EmployeeId } from "@/api/types";
import { cx } from "@/ui/cx";
import { Instant } from "@/ui/Instant";
import { RunningTime } from "@/ui/RunningTime";
import { isOpen } from "../model/alert";
import { alertAdvice, alertWords } from "../model/alertWords";
import styles from "./AlertList.module.css";

export const ALERT_ICONS: Readonly<Record<AlertKind, LucideIcon>> = {
  capture_failing: CameraOff,
  not_logged_in: UserX,
  idle_too_long: Hourglass,
  agent_outdated: CircleArrowUp,
};

interface AlertListProps {
  alerts: readonly Alert[];
  /** The person who is signed in, to whom their own alerts are said. */
  self: EmployeeId;
  timeZone: string;
  /** `full`: also what to do about each. */
  detail?: "short" | "full";
}

/** Alerts under each other: what, since when, and until when it held. */
export function AlertList({ alerts, self, timeZone, detail = "short" }: AlertListProps) {
  return (
    <ul className={styles.list}>
      {alerts.map((alert) => {
        const Icon = ALERT_ICONS[alert.kind];
        const reader = alert.employee === self ? "oneself" : "manager";
        return (
          <li key={alert.id} className={cx(styles.alert, !isOpen(alert) && styles.over)}>
            <Icon size={16} aria-hidden className={styles.icon} />
            <div className={styles.text}>
              <p className={styles.words}>{alertWords(alert, reader)}</p>
              <p className={styles.when}>
                <Instant atMs={alert.since} timeZone={timeZone} />
                {alert.until == null ? (
                  <>
                    {", for "}
                    <RunningTime sinceMs={alert.since} />
                  </>
                ) : (
                  <>
                    {" to "}
                    <Instant atMs={alert.until} timeZone={timeZone} />, over
                  </>
                )}
              </p>
              {detail === "full" && isOpen(alert) && <p className={styles.when}>{alertAdvice(alert.kind, reader)}</p>}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
