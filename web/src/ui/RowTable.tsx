import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type CSSProperties, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useElementWidth } from "@/lib/dom/useElementWidth";
import { usePrinting } from "@/lib/dom/usePrinting";
import { cx } from "./cx";
import { PrintedPart } from "./PrintedPart";
import styles from "./RowTable.module.css";

/** The window's width below which a row has two lines, as in the style sheet. */
const NARROW_PX = 640;
/** Heights as in the style sheet, so that the virtualizer never has to measure. */
const ROW_PX = 48;
const NARROW_ROW_PX = 68;
/** How many rows before the last one the next page is asked for. */
const ASK_AHEAD_ROWS = 20;

/** A column: what it is called, what stands in it, how wide it is, and where it goes on a narrow screen. */
export interface Column<Row> {
  head: string;
  cell: (row: Row) => ReactNode;
  /** A track of the grid: `minmax(0, 2fr)`. */
  width: string;
  /** `lead`: the first line. `end`: at its end. `below`: the second line (default). `none`: left out. */
  narrow?: "lead" | "end" | "below" | "none";
  /** Numbers stand at the end of their column. */
  align?: "end";
  /** For a column of buttons, whose name is only heard. */
  isHeadSilent?: boolean;
}

interface RowTableProps<Row> {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Rows that are over, closed or revoked are quieter. */
  isQuiet?: (row: Row) => boolean;
  /** Whether there are more rows to be had, and how. */
  hasMore?: boolean;
  onMore?: () => void;
}

/** A table on the page's own scroll that draws only what is in sight, and asks for more as one gets there. On paper: all it has, and whether there is more. */
export function RowTable<Row>({
  caption,
  columns,
  rows,
  rowKey,
  isQuiet,
  hasMore = false,
  onMore,
}: RowTableProps<Row>) {
  const table = useRef<HTMLTableElement>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const width = useElementWidth(table);
  const isNarrow = width > 0 && window.innerWidth <= NARROW_PX;
  const rowPx = isNarrow ? NARROW_ROW_PX : ROW_PX;
  const [scrollMargin, setScrollMargin] = useState(0);
  // After every render: what stands above may have grown. The same number renders nothing again.
  useLayoutEffect(() => {
    const top = body.current?.getBoundingClientRect().top ?? 0;
    setScrollMargin(Math.round(top + window.scrollY));
  });

  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => rowPx,
    overscan: 8,
    scrollMargin,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another height is another layout
  useLayoutEffect(() => virtualizer.measure(), [rowPx, virtualizer]);

  const isPrinting = usePrinting();
  const items = virtualizer.getVirtualItems();
  const drawn = isPrinting ? rows.map((_, index) => ({ index, start: 0 })) : items;
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && lastShown >= rows.length - ASK_AHEAD_ROWS) onMore?.();
  }, [hasMore, lastShown, rows.length, onMore]);

  return (
    <div className={styles.card}>
      <table
        ref={table}
        className={styles.table}
        style={trackStyle(columns)}
        aria-rowcount={hasMore ? -1 : rows.length + 1}
      >
        <caption className="visually-hidden">{caption}</caption>
        <Head columns={columns} />
        <tbody ref={body} style={isPrinting ? undefined : { height: virtualizer.getTotalSize() }}>
          {drawn.map(({ index, start }) => {
            const row = rows[index];
            return (
              row !== undefined && (
                <tr
                  key={rowKey(row)}
                  className={cx(styles.row, isQuiet?.(row) && styles.quiet)}
                  style={isPrinting ? undefined : { transform: `translateY(${start - scrollMargin}px)` }}
                  aria-rowindex={index + 2}
                >
                  {columns.map((column) => (
                    <td key={column.head} className={placeOf(column)}>
                      {column.cell(row)}
                    </td>
                  ))}
                </tr>
              )
            );
          })}
        </tbody>
      </table>
      <PrintedPart count={rows.length} hasMore={hasMore} />
    </div>
  );
}

function Head<Row>({ columns }: { columns: readonly Column<Row>[] }) {
  return (
    <thead>
      <tr className={styles.head}>
        {columns.map(({ head, align, isHeadSilent }) => (
          <th key={head} scope="col" className={cx(align === "end" && styles.toEnd)}>
            {isHeadSilent ? <span className="visually-hidden">{head}</span> : head}
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** The table while its rows are on their way: its heading, and rows of their final height. */
export function RowTableSkeleton<Row>({ columns, rows = 8 }: { columns: readonly Column<Row>[]; rows?: number }) {
  return (
    <div className={styles.card} aria-hidden="true">
      <div className={styles.table} style={trackStyle(columns)}>
        <div className={styles.head}>
          {columns.map(({ head, isHeadSilent }) => (
            <span key={head}>{!isHeadSilent && head}</span>
          ))}
        </div>
        {Array.from({ length: rows }, (_, index) => index).map((row) => (
          <div key={row} className={cx(styles.row, styles.waiting)}>
            {columns.map((column) => (
              <span key={column.head} className={placeOf(column)}>
                {!column.isHeadSilent && <span className={styles.bar} />}
              </span>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

function placeOf<Row>({ narrow = "below", align }: Column<Row>): string {
  return cx(styles.cell, styles[narrow], align === "end" && styles.toEnd);
}

function trackStyle<Row>(columns: readonly Column<Row>[]): CSSProperties {
  return { "--columns": columns.map(({ width }) => width).join(" ") } as CSSProperties;
}
