import { memo, type ReactNode } from "react";
import { Moment } from "@/ui/Moment";
import type { Shot } from "../model/shots";
import { Picture } from "./Picture";
import { SameMark } from "./SameMark";
import styles from "./ShotStrip.module.css";

interface ShotCardProps {
  shot: Shot;
  /** Whose it is, in words; nothing where all are of one person. */
  name: ReactNode;
  timeZone: string;
  /** `grid`: as wide as its place. */
  size?: "strip" | "grid";
  onOpen: (shot: Shot) => void;
}

/** One screenshot, small; opens large. */
export const ShotCard = memo(function ShotCard({ shot, name, timeZone, size = "strip", onOpen }: ShotCardProps) {
  return (
    <button type="button" className={styles.shot} data-size={size} onClick={() => onOpen(shot)}>
      <span className={styles.frame}>
        <Picture src={shot.thumb} alt="" className={styles.picture} loading="lazy" />
        {shot.isNearIdentical && <SameMark />}
      </span>
      <span className="visually-hidden">Screenshot </span>
      {name && <span className={styles.name}>{name}</span>}
      <span className={styles.when}>
        <Moment atMs={shot.atMs} timeZone={timeZone} />
      </span>
    </button>
  );
});
