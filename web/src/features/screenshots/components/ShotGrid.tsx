import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { EmployeeId, ScreenshotId } from "@/api/types";
import { useElementWidth } from "@/lib/dom/useElementWidth";
import { usePrinting } from "@/lib/dom/usePrinting";
import { PrintedPart } from "@/ui/PrintedPart";
import type { Shot } from "../model/shots";
import { ShotCard } from "./ShotCard";
import styles from "./ShotGrid.module.css";

/** As in the style sheet. */
const COLUMN_PX_MIN = 190;
const GAP_PX = 16;
/** A picture of 16:9, its name and its time. */
const WORDS_PX = { named: 50, unnamed: 30 };
const ASK_AHEAD_ROWS = 4;

interface ShotGridProps {
  /** The newest first. */
  shots: readonly Shot[];
  /** Given where they are of several people. */
  nameOf: ((employee: EmployeeId) => string) | undefined;
  timeZone: string;
  hasMore: boolean;
  onMore: () => void;
  onOpen: (id: ScreenshotId) => void;
}

/** Pictures side by side, a screenful of which is drawn; asks for older ones as one gets there. On paper: all it has. */
export function ShotGrid({ shots, nameOf, timeZone, hasMore, onMore, onOpen }: ShotGridProps) {
  const grid = useRef<HTMLUListElement>(null);
  const width = useElementWidth(grid);
  const columns = Math.max(2, Math.floor((width + GAP_PX) / (COLUMN_PX_MIN + GAP_PX)));
  const columnPx = (width - GAP_PX * (columns - 1)) / columns;
  const rowPx = Math.round((columnPx * 9) / 16) + (nameOf ? WORDS_PX.named : WORDS_PX.unnamed) + GAP_PX;
  const [scrollMargin, setScrollMargin] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what stands above wraps differently at another width
  useLayoutEffect(() => {
    const top = grid.current?.getBoundingClientRect().top ?? 0;
    setScrollMargin(top + window.scrollY);
  }, [width]);
  const rowCount = Math.ceil(shots.length / columns);
  const virtualizer = useWindowVirtualizer({ count: rowCount, estimateSize: () => rowPx, overscan: 3, scrollMargin });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another height is another layout
  useLayoutEffect(() => virtualizer.measure(), [rowPx, virtualizer]);
  const items = virtualizer.getVirtualItems();
  const lastRow = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && lastRow >= rowCount - ASK_AHEAD_ROWS) onMore();
  }, [hasMore, lastRow, rowCount, onMore]);

  const isPrinting = usePrinting();
  const cardOf = (shot: Shot) => (
    <ShotCard
      shot={shot}
      name={nameOf?.(shot.employee)}
      timeZone={timeZone}
      size="grid"
      onOpen={({ id }) => onOpen(id)}
    />
  );
  return (
    <>
      <ul
        ref={grid}
        className={isPrinting ? styles.paper : styles.grid}
        style={isPrinting ? undefined : { height: virtualizer.getTotalSize() }}
      >
        {isPrinting && shots.map((shot) => <li key={shot.id}>{cardOf(shot)}</li>)}
        {!isPrinting &&
          items.flatMap(({ index, start }) =>
            shots.slice(index * columns, (index + 1) * columns).map((shot, column) => (
              <li
                key={shot.id}
                className={styles.place}
                style={{
                  width: columnPx,
                  transform: `translate(${column * (columnPx + GAP_PX)}px, ${start - scrollMargin}px)`,
                }}
              >
                {cardOf(shot)}
              </li>
            )),
          )}
      </ul>
      <PrintedPart count={shots.length} hasMore={hasMore} />
    </>
  );
}
