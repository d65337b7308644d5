import type { ReactNode } from "react";
import type { EmployeeId } from "@/api/types";
import { useShots } from "../hooks/useShots";
import styles from "./PeriodShots.module.css";
import { ShotStrip } from "./ShotStrip";

interface PeriodShotsProps {
  employee: EmployeeId;
  fromMs: number;
  toMs: number;
  timeZone: string;
  /** The way to all of them. */
  more: ReactNode;
}

const anybody = () => true;

/** Somebody's latest pictures of a period, with their exact times. */
export function PeriodShots({ employee, fromMs, toMs, timeZone, more }: PeriodShotsProps) {
  const isOfThen = (atMs: number) => atMs >= fromMs && atMs < toMs;
  const { shots, query } = useShots({ employee, from: fromMs, to: toMs }, isOfThen, anybody);
  return (
    <div>
      <ShotStrip
        title="Recent screenshots"
        shots={shots ?? (query.error ? [] : undefined)}
        none={query.error ? query.error.message : "No picture was taken."}
        timeZone={timeZone}
      />
      {shots && shots.length > 0 && <p className={styles.more}>{more}</p>}
    </div>
  );
}
