import { useEffect } from "react";
import type { EmployeeId, ScreenshotId } from "@/api/types";
import { formatMoment } from "@/lib/time/format";
import type { HourRow, ShotBlock } from "../model/hourRows";
import styles from "./HourBlocks.module.css";
import { Picture } from "./Picture";
import { SameMark } from "./SameMark";

interface HourBlocksProps {
  rows: readonly HourRow[];
  timeZone: string;
  /** Given where pictures of several people stand side by side. */
  nameOf: ((employee: EmployeeId) => string) | undefined;
  hasMore: boolean;
  onMore: () => void;
  onOpen: (id: ScreenshotId) => void;
}

/** A day as rows of hours, each of six blocks of ten minutes: where pictures are, and where none are. */
export function HourBlocks({ rows, timeZone, nameOf, hasMore, onMore, onOpen }: HourBlocksProps) {
  // A day is shown as a whole: its first hours are as far away as its last.
  useEffect(() => {
    if (hasMore) onMore();
  }, [hasMore, onMore]);
  return (
    <ol className={styles.hours}>
      {rows.map((row) => (
        <li key={row.fromMs} className={styles.row}>
          <h2 className={styles.hour}>{formatMoment(row.fromMs, row.fromMs, timeZone).slice(0, 5)}</h2>
          <ol className={styles.blocks}>
            {row.blocks.map((block) => (
              <li key={block.fromMs} className={styles.block}>
                <Block block={block} timeZone={timeZone} nameOf={nameOf} onOpen={onOpen} />
              </li>
            ))}
          </ol>
        </li>
      ))}
    </ol>
  );
}

interface BlockProps extends Pick<HourBlocksProps, "timeZone" | "nameOf" | "onOpen"> {
  block: ShotBlock;
}

function Block({ block, timeZone, nameOf, onOpen }: BlockProps) {
  const [newest, ...more] = block.shots;
  const from = formatMoment(block.fromMs, block.fromMs, timeZone).slice(0, 5);
  if (!newest) {
    return (
      <div className={styles.none}>
        <span className="visually-hidden">{`${from}: no picture`}</span>
      </div>
    );
  }
  return (
    <button type="button" className={styles.shot} onClick={() => onOpen(newest.id)}>
      <span className={styles.frame}>
        <Picture src={newest.thumb} alt="" className={styles.picture} loading="lazy" />
        {newest.isNearIdentical && <SameMark />}
        {more.length > 0 && (
          <span className={styles.more}>
            +{more.length}
            <span className="visually-hidden"> more in these ten minutes</span>
          </span>
        )}
      </span>
      <span className="visually-hidden">Screenshot </span>
      <span className={styles.when}>
        {nameOf && `${nameOf(newest.employee)} `}
        <time className="tabular" dateTime={new Date(newest.atMs).toISOString()}>
          {formatMoment(newest.atMs, newest.atMs, timeZone)}
        </time>
      </span>
    </button>
  );
}
