import { useQuery } from "@tanstack/react-query";
import { Camera, Clock, Eye, type LucideIcon, Moon, Pause, SquareDashed } from "lucide-react";
import type { EmployeeId } from "@/api/types";
import { formatDay } from "@/lib/time/format";
import { Card, CardNote } from "@/ui/Card";
import { ownPolicyQuery, retentionQuery } from "../api/record";
import { type Decision, type PolicyLine, policyLines, retentionWords } from "../model/policyWords";
import { LoadFailure } from "./LoadFailure";
import styles from "./OwnPolicy.module.css";

const ICONS: Readonly<Record<PolicyLine["about"], LucideIcon>> = {
  pictures: Camera,
  live: Eye,
  blur: SquareDashed,
  pause: Pause,
  idle: Moon,
  start: Clock,
};

/** What may be captured of the person, in plain words, with who decided it and how long it is kept. */
export function OwnPolicy({ employee, timeZone }: { employee: EmployeeId; timeZone: string }) {
  const policy = useQuery(ownPolicyQuery(employee));
  const retention = useQuery(retentionQuery);
  return (
    <Card title="What holds for you">
      {policy.error && !policy.data && <LoadFailure error={policy.error} onRetry={policy.refetch} />}
      <ul className={styles.lines} aria-busy={policy.isPending}>
        {policy.data &&
          policyLines(policy.data).map(({ about, words, decision }) => {
            const Icon = ICONS[about];
            return (
              <li key={about} className={styles.line}>
                <Icon size={16} aria-hidden className={styles.icon} />
                <span className={styles.words}>{words}</span>
                <span className={styles.decision}>{decisionWords(decision, timeZone)}</span>
              </li>
            );
          })}
      </ul>
      <CardNote>{retention.data ? retentionWords(retention.data) : retention.error?.message}</CardNote>
    </Card>
  );
}

function decisionWords({ by, atMs }: Decision, timeZone: string): string {
  const since = atMs === undefined ? "" : `, since ${formatDay(atMs, timeZone)}`;
  switch (by) {
    case "organization":
      return `Decided for everybody${since}`;
    case "team":
      return `Decided for your team${since}`;
    case "employee":
      return `Decided for you${since}`;
    default:
      return "So by default";
  }
}
