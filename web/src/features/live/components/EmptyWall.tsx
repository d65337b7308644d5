import { MonitorOff, SearchX, Users } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import styles from "./EmptyWall.module.css";

interface EmptyWallProps {
  /** What leaves people out. */
  filter: "none" | "team" | "more";
  hiddenOffline: number;
  onClear: () => void;
  onShowOffline: () => void;
  /** The one button where nobody is to be seen at all. */
  aloneAction: ReactNode;
}

/** What stands where no tile is: why, and the one thing to do about it. */
export function EmptyWall(props: EmptyWallProps) {
  return (
    <div className={styles.empty}>
      <Reason {...props} />
    </div>
  );
}

function Reason({ filter, hiddenOffline, onClear, onShowOffline, aloneAction }: EmptyWallProps) {
  if (hiddenOffline > 0) {
    const who = hiddenOffline === 1 ? "One person is" : `All ${hiddenOffline.toLocaleString("en")} are`;
    return (
      <EmptyState
        icon={<MonitorOff size={20} aria-hidden />}
        title="Nobody is online"
        action={<Button onClick={onShowOffline}>Show who is offline</Button>}
      >
        {`${who} offline; a screen appears here by itself the moment its agent connects.`}
      </EmptyState>
    );
  }
  if (filter === "none") {
    return (
      <EmptyState icon={<Users size={20} aria-hidden />} title="Screens appear here" action={aloneAction}>
        The moment somebody's agent connects, their screen shows up by itself.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<SearchX size={20} aria-hidden />}
      title={filter === "team" ? "Nobody is in this team" : "Nobody matches"}
      action={<Button onClick={onClear}>{filter === "team" ? "Show all teams" : "Clear filters"}</Button>}
    >
      {filter === "team"
        ? "Whoever joins it appears here by themselves."
        : "No person fits the team, status and search that are chosen."}
    </EmptyState>
  );
}
