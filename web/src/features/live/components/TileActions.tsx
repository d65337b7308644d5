import { Eye, EyeOff, Fullscreen, Maximize2 } from "lucide-react";
import type { EmployeeId, TrackRef } from "@/api/types";
import { useLive } from "../hooks/liveContext";
import styles from "./TileActions.module.css";

interface TileActionsProps {
  employee: EmployeeId;
  name: string;
  track: TrackRef;
  isWatched: boolean;
  /** Only the tile that has the focus has its buttons in the order of the Tab key. */
  tabIndex: 0 | -1;
}

/** What one can do with a display on the wall. Shown on hover and focus. */
export function TileActions({ employee, name, track, isWatched, tabIndex }: TileActionsProps) {
  const { actions } = useLive();
  const scope = { kind: "person", employee } as const;
  return (
    <div className={styles.actions}>
      <button
        type="button"
        tabIndex={tabIndex}
        className={styles.action}
        aria-label={isWatched ? `Stop watching ${name}` : `Watch ${name}`}
        title={isWatched ? "Stop watching (P)" : "Watch (P)"}
        onClick={() => (isWatched ? actions.stopWatching(scope) : actions.startWatching(scope))}
      >
        {isWatched ? <EyeOff size={16} aria-hidden /> : <Eye size={16} aria-hidden />}
      </button>
      <button
        type="button"
        tabIndex={tabIndex}
        className={styles.action}
        aria-label={`Show ${name} on the full screen`}
        title="Full screen (F)"
        onClick={() => actions.fillScreen(track)}
      >
        <Fullscreen size={16} aria-hidden />
      </button>
      <button
        type="button"
        tabIndex={tabIndex}
        className={styles.action}
        aria-label={`Enlarge ${name}`}
        title="Enlarge (Enter)"
        onClick={() => actions.enlarge(track)}
      >
        <Maximize2 size={16} aria-hidden />
      </button>
    </div>
  );
}
