import { Bell } from "lucide-react";
import type { ReactNode } from "react";
import type { EmployeeId } from "@/api/types";
import { Popover } from "@/ui/Popover";
import { useAlertEvents } from "../hooks/useAlertEvents";
import { useAlerts } from "../hooks/useAlerts";
import { isOpen } from "../model/alert";
import styles from "./AlertBell.module.css";
import { AlertList } from "./AlertList";

/** As many as are read at a glance; the rest is a page away. */
const SHOWN_MAX = 6;
const COUNTED_MAX = 99;

interface AlertBellProps {
  self: EmployeeId;
  timeZone: string;
  /** The way to all of them. */
  more: ReactNode;
}

/** In the bar above every page: how many alerts hold, and the latest of them. Also what keeps them true. */
export function AlertBell({ self, timeZone, more }: AlertBellProps) {
  useAlertEvents();
  const { alerts, error } = useAlerts();
  const open = alerts?.filter(isOpen).length ?? 0;
  const words = open === 0 ? "No open alerts" : `${open} open ${open === 1 ? "alert" : "alerts"}`;
  return (
    <>
      <span className="visually-hidden" role="status">
        {alerts && words}
      </span>
      <Popover
        label="Alerts"
        className={styles.bell}
        face={
          <>
            <Bell size={16} aria-hidden />
            <span className="visually-hidden">{words}</span>
            {open > 0 && (
              <span className={styles.count} aria-hidden="true">
                {open > COUNTED_MAX ? `${COUNTED_MAX}+` : open}
              </span>
            )}
          </>
        }
      >
        <h2 className={styles.title}>Alerts</h2>
        {alerts && alerts.length > 0 && (
          <AlertList alerts={alerts.slice(0, SHOWN_MAX)} self={self} timeZone={timeZone} />
        )}
        {alerts?.length === 0 && <p className={styles.none}>Nothing needs attention, and nothing did lately.</p>}
        {error && <p className={styles.none}>{`${error.message} The alerts are not known.`}</p>}
        <p className={styles.more}>{more}</p>
      </Popover>
    </>
  );
}
