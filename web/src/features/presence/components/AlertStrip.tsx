import { useSyncExternalStore } from "react";
import { formatTimeOfDay } from "@/lib/time/format";
import { useSecond } from "@/lib/time/useSecond";
import { Notice } from "@/ui/Notice";
import { usePresence } from "../hooks/presenceContext";
import type { CaptureFailure, MassDrop } from "../model/alerts";
import styles from "./AlertStrip.module.css";

/** What needs somebody to do something: said as one thing each, since hundreds of cards that turn grey say nothing about why. */
export function AlertStrip() {
  const { alertStore } = usePresence();
  const { massDrop, failures } = useSyncExternalStore(alertStore.subscribe, alertStore.alerts);
  return (
    <div className={styles.strip} role="status">
      {massDrop && (
        <Notice tone="warning" onDismiss={() => alertStore.dismiss("massDrop")}>
          <MassDropWords drop={massDrop} />
        </Notice>
      )}
      {failures.length > 0 && (
        <Notice tone="warning" onDismiss={() => alertStore.dismiss("failures")}>
          <FailureWords failures={failures} />
        </Notice>
      )}
    </div>
  );
}

function MassDropWords({ drop: { lost, atMs } }: { drop: MassDrop }) {
  const at = useTimeOfDay(atMs);
  return `${lost.toLocaleString("en")} connections broke at once at ${at}. A network is the likely cause.`;
}

/** How many people are named before the rest is counted. */
const NAMED_MAX = 3;

function FailureWords({ failures }: { failures: readonly CaptureFailure[] }) {
  const { store } = usePresence();
  const [latest] = failures;
  const at = useTimeOfDay(latest?.atMs ?? 0);
  if (!latest) return null;
  const names = failures.slice(0, NAMED_MAX).map(({ employee }) => store.entry(employee)?.name ?? employee);
  const others = failures.length - names.length;
  const whom = others > 0 ? `${names.join(", ")} and ${others.toLocaleString("en")} more` : listed(names);
  return failures.length === 1
    ? `No picture could be taken of ${whom} at ${at}: ${latest.reason}.`
    : `No picture could be taken of ${whom}. The last one at ${at}: ${latest.reason}.`;
}

function listed(names: readonly string[]): string {
  return new Intl.ListFormat("en", { type: "conjunction" }).format(names);
}

/** Renders its caller once a second, for the day in front once it was yesterday. */
function useTimeOfDay(atMs: number): string {
  const nowMs = useSecond();
  return formatTimeOfDay(atMs, nowMs, usePresence().timeZone);
}
