import { memo, useMemo } from "react";
import styles from "./Sparkline.module.css";
import { sparklinePaths, WIDTH } from "./sparklinePaths";

const HEIGHT = 32;

interface SparklineProps {
  /** Evenly spaced, the oldest first. Fewer than two are no line. */
  values: readonly number[];
  /** The value at the upper edge; lines that stand beside each other share it, so that they can be compared. */
  top: number;
  /** So many steps lie before the first value, of which nothing is known. */
  unknown?: number;
}

/** How a count went, at a glance: a line without axes. Decoration beside the figure that it belongs to, so it is not read out. */
export const Sparkline = memo(function Sparkline({ values, top, unknown }: SparklineProps) {
  const { line, area } = useMemo(() => sparklinePaths(values, top, HEIGHT, unknown), [values, top, unknown]);
  return (
    <svg className={styles.sparkline} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <path className={styles.area} d={area} />
      <path className={styles.line} d={line} vectorEffect="non-scaling-stroke" />
    </svg>
  );
});
