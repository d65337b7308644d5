import { useSyncExternalStore } from "react";
import { formatCount } from "@/lib/count/formatCount";
import { formatTimeOfDay } from "@/lib/time/format";
import { useSecond } from "@/lib/time/useSecond";
import { Notice } from "@/ui/Notice";
import { usePresence } from "../hooks/presenceContext";
import type { MassDrop } from "../model/massDrop";
import styles from "./MassDropNotice.module.css";

/** Many connections that broke at once, said as one thing: hundreds of cards that turn grey say nothing about why. */
export function MassDropNotice() {
  const { massDrops } = usePresence();
  const drop = useSyncExternalStore(massDrops.subscribe, massDrops.drop);
  return (
    <div className={styles.strip} role="status">
      {drop && (
        <Notice tone="warning" onDismiss={massDrops.dismiss}>
          <Words drop={drop} />
        </Notice>
      )}
    </div>
  );
}

/** Renders itself once a second, for the day in front once it was yesterday. */
function Words({ drop: { lost, atMs } }: { drop: MassDrop }) {
  const nowMs = useSecond();
  const at = formatTimeOfDay(atMs, nowMs, usePresence().timeZone);
  return `${formatCount(lost)} connections broke at once at ${at}. A network is the likely cause.`;
}
