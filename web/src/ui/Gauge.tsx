import { useId } from "react";
import styles from "./Gauge.module.css";

interface GaugeProps {
  word: string;
  value: number;
  max: number;
  /** How a number reads; default: as it is. */
  say?: (value: number) => string;
  /** `free`: the end says what is left, in place of the most there may be. */
  rest?: "free";
  /** `full`: the nearer to the end, the better. Otherwise the last fifth is a warning. */
  aim?: "full";
}

/** How much there is of how much there may be. */
export function Gauge({ word, value, max, say = plain, rest, aim }: GaugeProps) {
  const id = useId();
  const end = rest === "free" ? `${say(max - value)} free` : `of ${say(max)}`;
  const isTight = aim !== "full" && value > max * 0.8;
  return (
    <div className={styles.gauge}>
      <div className={styles.head}>
        <span id={id}>{word}</span>
        <span className={styles.value}>
          <strong>{say(value)}</strong> {end}
        </span>
      </div>
      <meter className="visually-hidden" aria-labelledby={id} min={0} max={Math.max(1, max)} value={value} />
      <div className={styles.track} aria-hidden="true">
        <div className={styles.fill} data-tight={isTight || undefined} style={{ width: `${share(value, max)}%` }} />
      </div>
    </div>
  );
}

/** In percent; what is there at all can be seen. */
function share(value: number, max: number): number {
  if (value <= 0 || max <= 0) return 0;
  return Math.min(100, Math.max(1, (value / max) * 100));
}

function plain(value: number): string {
  return value.toLocaleString("en-GB");
}
