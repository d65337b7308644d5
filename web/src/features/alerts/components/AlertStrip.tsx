import { type ReactNode, useState } from "react";
import type { EmployeeId } from "@/api/types";
import { Notice } from "@/ui/Notice";
import { useAlerts } from "../hooks/useAlerts";
import { alertAdvice, groupAlerts, type Reader } from "../model/alertWords";
import styles from "./AlertStrip.module.css";

interface AlertStripProps {
  /** `manager`: of everybody whom the person may see. `oneself`: their own, said to them. */
  reader: Reader;
  /** Only this person's. */
  employee?: EmployeeId;
  /** The way to all alerts. */
  more: ReactNode;
}

/** What holds now and needs somebody to do something, one sentence for each kind. One that was put away comes back when there is more. */
export function AlertStrip({ reader, employee, more }: AlertStripProps) {
  const { alerts } = useAlerts();
  /** The newest alert of a group as it was put away, by kind. */
  const [putAway, setPutAway] = useState<Readonly<Record<string, string>>>({});
  const own = employee === undefined ? alerts : alerts?.filter((alert) => alert.employee === employee);
  const groups = groupAlerts(own ?? [], reader).filter(({ kind, alerts: [newest] }) => putAway[kind] !== newest?.id);
  return (
    <div className={styles.strip} role="status">
      {groups.map(({ kind, words, alerts: [newest] }) => (
        <Notice
          key={kind}
          tone="warning"
          onDismiss={() => newest && setPutAway((before) => ({ ...before, [kind]: newest.id }))}
        >
          <strong>{words}</strong> {alertAdvice(kind, reader)} {more}
        </Notice>
      ))}
    </div>
  );
}
