import { memo, type ReactNode } from "react";
import { Moment } from "@/ui/Moment";
import type { Shot } from "../model/shots";
import { Picture } from "./Picture";
import styles from "./ShotStrip.module.css";

interface ShotCardProps {
  shot: Shot;
  /** Whose it is, in words; nothing where all are of one person. */
  name: ReactNode;
  timeZone: string;
  onOpen: (shot: Shot) => void;
}

/** One screenshot, small; opens large. */
export const ShotCard = memo(function ShotCard({ shot, name, timeZone, onOpen }: ShotCardProps) {
  return (
    <button type="button" className={styles.shot} onClick={() => onOpen(shot)}>
      <span className={styles.frame}>
        <Picture src={shot.thumb} alt="" className={styles.picture} loading="lazy" />
      </span>
      <span className="visually-hidden">Screenshot </span>
      {name && <span className={styles.name}>{name}</span>}
      <span className={styles.when}>
        <Moment atMs={shot.atMs} timeZone={timeZone} />
      </span>
    </button>
  );
});
