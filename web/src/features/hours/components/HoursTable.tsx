import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useMemo, useRef, useState } from "react";
import type { EmployeeId, WorkSummaryRow } from "@/api/types";
import { useElementWidth } from "@/lib/dom/useElementWidth";
import { usePrinting } from "@/lib/dom/usePrinting";
import { daySpan } from "@/lib/time/calendar";
import { formatWeekday } from "@/lib/time/format";
import { useHoursFacts } from "../hooks/hoursContext";
import { useDayDetails } from "../hooks/useDayDetails";
import { Blocks } from "../model/blocks";
import { inOrder } from "../model/hoursRow";
import type { HoursOrder } from "../model/hoursSearch";
import { datesOf } from "../model/period";
import { HoursHead } from "./HoursHead";
import { HoursRow } from "./HoursRow";
import styles from "./HoursTable.module.css";

/** What stands between the name and the figures: a day's strip, a figure for each day of a week, or the shares of more. */
export type HoursShown = "strip" | "days" | "share";

/** As in the style sheet; rows that stand open are measured. */
const ROW_PX = 53;
const OPEN_PX = 480;
const DAYS_MAX = 7;

interface HoursTableProps {
  /** In their order. */
  rows: readonly WorkSummaryRow[];
  /** Also those that the filters leave out: what is asked for does not change with them. */
  everyone: readonly WorkSummaryRow[];
  open: ReadonlySet<EmployeeId>;
  order: HoursOrder;
  isDown: boolean;
  onSort: (order: HoursOrder) => void;
  onToggle: (employee: EmployeeId) => void;
}

/** The timesheet: a group of rows for each person, of which a screenful is drawn; all of them on paper. */
export function HoursTable({ rows, everyone, open, order, isDown, onSort, onToggle }: HoursTableProps) {
  const { period, timeZone } = useHoursFacts();
  const dates = useMemo(() => datesOf(period), [period]);
  const shown: HoursShown = dates.length === 1 ? "strip" : dates.length <= DAYS_MAX ? "days" : "share";
  const blocks = useMemo(
    () => new Blocks(inOrder(everyone, "name", false).map(({ employeeId }) => employeeId)),
    [everyone],
  );
  const isPrinting = usePrinting();
  const { table, body, virtualizer, scrollMargin } = useVirtualRows(rows, open);
  const items = virtualizer.getVirtualItems();
  const inSight = useMemo(() => items.flatMap(({ index }) => rows[index]?.employeeId ?? []), [items, rows]);
  const details = useDayDetails(blocks, inSight, shown);
  const rowOf = (row: WorkSummaryRow, index: number) => ({
    row,
    shown,
    dates,
    index,
    isOpen: open.has(row.employeeId),
    segments: shown === "strip" ? details.segmentsOf(row.employeeId) : undefined,
    days: shown === "days" ? details.daysOf(row.employeeId) : undefined,
    onToggle,
  });
  const [from, to] = [period.from, period.to].map((date) => formatWeekday(daySpan(date, timeZone).fromMs, timeZone));

  return (
    <table
      ref={table}
      className={styles.table}
      data-shown={shown}
      data-printing={isPrinting || undefined}
      aria-rowcount={rows.length + 1}
      style={{ "--days": dates.length } as React.CSSProperties}
    >
      <caption className="visually-hidden">{`Work hours, ${from === to ? from : `${from} to ${to}`}`}</caption>
      <HoursHead shown={shown} dates={dates} order={order} isDown={isDown} onSort={onSort} />
      {isPrinting ? (
        rows.map((row, index) => <HoursRow key={row.employeeId} {...rowOf(row, index)} />)
      ) : (
        <>
          {/* What is not drawn keeps its room: above what is in sight, and below it. */}
          <tbody ref={body} aria-hidden="true" style={{ height: (items[0]?.start ?? scrollMargin) - scrollMargin }} />
          {items.map(({ index }) => {
            const row = rows[index];
            return row && <HoursRow key={row.employeeId} {...rowOf(row, index)} measure={virtualizer.measureElement} />;
          })}
          <tbody
            aria-hidden="true"
            style={{ height: virtualizer.getTotalSize() + scrollMargin - (items.at(-1)?.end ?? scrollMargin) }}
          />
        </>
      )}
    </table>
  );
}

/** The page's own scroll, and the rows in sight. */
function useVirtualRows(rows: readonly WorkSummaryRow[], open: ReadonlySet<EmployeeId>) {
  const table = useRef<HTMLTableElement>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const width = useElementWidth(table);
  const [scrollMargin, setScrollMargin] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what stands above wraps differently at another width
  useLayoutEffect(() => {
    const top = body.current?.getBoundingClientRect().top ?? 0;
    setScrollMargin(top + window.scrollY);
  }, [width]);
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: (index) => ROW_PX + (open.has(rows[index]?.employeeId ?? "") ? OPEN_PX : 0),
    getItemKey: (index) => rows[index]?.employeeId ?? index,
    overscan: 6,
    scrollMargin,
  });
  return { table, body, virtualizer, scrollMargin };
}
