import type { Surface } from "@/lib/frames/surface";
import { RunningTime } from "@/ui/RunningTime";
import { StatusBadge } from "@/ui/StatusBadge";
import { useLive } from "../hooks/liveContext";
import type { WallPerson } from "../model/wallPerson";
import { FrameAge } from "./FrameTimes";
import styles from "./TileFoot.module.css";

interface TileFootProps {
  person: WallPerson;
  /** The name of the display, where there are several. */
  display: string | undefined;
  /** Whose picture is shown; `undefined`: none is. */
  surface: Surface | undefined;
}

/** Over the lower edge of a tile: who, what, for how long idle; and how old the picture is. */
export function TileFoot({ person, display, surface }: TileFootProps) {
  const { isLost } = useLive();
  return (
    <div className={styles.foot}>
      <div className={styles.caption}>
        <span className={styles.who}>
          <span className={styles.name} title={`${person.name} (${person.employee})`}>
            {person.name}
          </span>
          {display && <span className={styles.display}>{display}</span>}
        </span>
        <span className={styles.status}>
          <StatusBadge status={isLost ? "unknown" : person.status} />
          {person.status === "idle" && !isLost && (
            <span className={styles.idle}>
              <RunningTime sinceMs={person.sinceMs} />
            </span>
          )}
        </span>
      </div>
      {surface && (
        <span className={styles.age}>
          <FrameAge surface={surface} />
        </span>
      )}
    </div>
  );
}
