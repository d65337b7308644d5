import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Viewing } from "@/api/types";
import { useElementWidth } from "@/lib/dom/useElementWidth";
import { usePrinting } from "@/lib/dom/usePrinting";
import { cx } from "@/ui/cx";
import { PrintedPart } from "@/ui/PrintedPart";
import { ViewingHead, ViewingRow, type ViewingRowProps } from "./ViewingRow";
import styles from "./ViewingTable.module.css";

/** The window's width below which rows have two or three lines, as in the style sheet. */
const NARROW_PX = 640;
/** Heights as in the style sheet, so that the virtualizer never has to measure. */
const ROW_PX = 44;
const NARROW_ROW_PX = { oneself: 64, people: 84 } as const;
/** How many rows before the last one the next page is asked for. */
const ASK_AHEAD_ROWS = 20;

interface ViewingTableProps extends Pick<ViewingRowProps, "subject" | "timeZone"> {
  viewings: readonly Viewing[];
  caption: string;
  /** Whether older ones are to be had. */
  hasMore: boolean;
  onMore: () => void;
}

/** All viewings on the page's own scroll; draws a screenful of them and asks for older ones as one gets there. On paper: all it has. */
export function ViewingTable({ viewings, subject, timeZone, caption, hasMore, onMore }: ViewingTableProps) {
  const table = useRef<HTMLTableElement>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const width = useElementWidth(table);
  const isNarrow = width > 0 && window.innerWidth <= NARROW_PX;
  const rowPx = isNarrow ? NARROW_ROW_PX[subject] : ROW_PX;
  const [scrollMargin, setScrollMargin] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what stands above wraps differently at another width
  useLayoutEffect(() => {
    const top = body.current?.getBoundingClientRect().top ?? 0;
    setScrollMargin(top + window.scrollY);
  }, [width]);

  const virtualizer = useWindowVirtualizer({
    count: viewings.length,
    estimateSize: () => rowPx,
    getItemKey: (index) => viewings[index]?.id ?? index,
    overscan: 8,
    scrollMargin,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another height is another layout
  useLayoutEffect(() => virtualizer.measure(), [rowPx, virtualizer]);

  const isPrinting = usePrinting();
  const items = virtualizer.getVirtualItems();
  const drawn = isPrinting ? viewings.map((_, index) => ({ index, start: 0 })) : items;
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && lastShown >= viewings.length - ASK_AHEAD_ROWS) onMore();
  }, [hasMore, lastShown, viewings.length, onMore]);

  return (
    <>
      <table
        ref={table}
        className={cx(styles.table, styles.virtual)}
        data-subject={subject}
        aria-rowcount={hasMore ? -1 : viewings.length + 1}
      >
        <caption className="visually-hidden">{caption}</caption>
        <ViewingHead subject={subject} />
        <tbody ref={body} style={isPrinting ? undefined : { height: virtualizer.getTotalSize() }}>
          {drawn.map(({ index, start }) => {
            const viewing = viewings[index];
            return (
              viewing && (
                <ViewingRow
                  key={viewing.id}
                  viewing={viewing}
                  subject={subject}
                  timeZone={timeZone}
                  rowIndex={index + 2}
                  style={isPrinting ? undefined : { transform: `translateY(${start - scrollMargin}px)` }}
                />
              )
            );
          })}
        </tbody>
      </table>
      <PrintedPart count={viewings.length} hasMore={hasMore} />
    </>
  );
}
