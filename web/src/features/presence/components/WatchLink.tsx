import { Link } from "@tanstack/react-router";
import { MonitorPlay } from "lucide-react";
import type { PresenceEntry } from "@/api/types";
import { trackKey } from "@/lib/frames/trackKey";
import { useCanWatch } from "../hooks/boardContext";
import styles from "./WatchLink.module.css";

/** Leads to somebody's first display on the live wall; nothing where there is none, or for whom may not watch. */
export function WatchLink({ entry }: { entry: PresenceEntry }) {
  const canWatch = useCanWatch();
  const [track] = entry.tracks ?? [];
  if (!canWatch || track === undefined) return null;
  return (
    <Link
      to="/live"
      search={{ open: trackKey({ employee: entry.employee, track }) }}
      className={styles.link}
      aria-label={`Watch ${entry.name} live`}
      title={`Watch live. ${entry.name} is shown that you do`}
    >
      <MonitorPlay size={16} aria-hidden />
      Watch
    </Link>
  );
}
