import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type CSSProperties, memo, useCallback, useMemo, useRef } from "react";
import type { EmployeeId } from "@/api/types";
import { useElementTop } from "@/lib/dom/useElementTop";
import { useElementWidth } from "@/lib/dom/useElementWidth";
import { useOverscan } from "../hooks/useOverscan";
import {
  type BoardFilter,
  type BoardSection,
  type FoldableName,
  isFoldable,
  type SectionName,
} from "../model/boardLayout";
import { type BoardRow, toRows } from "../model/boardRows";
import { AbsentRow } from "./AbsentRow";
import styles from "./BoardGrid.module.css";
import { PersonCard } from "./PersonCard";
import { SectionHeading } from "./SectionHeading";

const CARD_WIDTH_PX_MIN = 272;
const GAP_PX = 12;
/** Heights with the gap below, so that the virtualizer never has to measure and nothing moves when it has. */
const HEADING_PX = 48;
const CARD_ROW_PX = 148 + GAP_PX;
const ABSENT_ROW_PX = 56 + GAP_PX;

interface BoardGridProps {
  sections: readonly BoardSection[];
  /** Which people they are of. */
  filter: BoardFilter;
  folded: ReadonlySet<FoldableName>;
  onFold: (section: FoldableName, isFolded: boolean) => void;
}

/** The board's sections as one virtualized grid on the page's own scroll: thousands of people cost a screenful. */
export const BoardGrid = memo(function BoardGrid({ sections, filter, folded, onFold }: BoardGridProps) {
  const frame = useRef<HTMLDivElement>(null);
  const width = useElementWidth(frame);
  const columns = Math.max(1, Math.floor((width + GAP_PX) / (CARD_WIDTH_PX_MIN + GAP_PX)));
  const rows = useMemo(() => toRows(sections, columns, folded), [sections, columns, folded]);
  const scrollMargin = useElementTop(frame);
  // Another function tells the virtualizer that there are other rows, with other heights; the same one lets it scroll on
  // without placing thousands of them anew.
  const keyOf = useCallback((index: number) => rows[index]?.key ?? index, [rows]);

  const virtualizer = useWindowVirtualizer({
    count: width === 0 ? 0 : rows.length,
    estimateSize: (index) => heightOf(rows[index]),
    getItemKey: keyOf,
    overscan: useOverscan(filter),
    // A jump draws every card anew: in a task of its own, before the one in which the browser lays them out.
    useFlushSync: false,
    scrollMargin,
  });

  return (
    <div ref={frame} className={styles.frame} style={{ height: virtualizer.getTotalSize() }}>
      {virtualizer.getVirtualItems().flatMap(({ index, key, start }) => {
        const row = rows[index];
        const topPx = start - scrollMargin;
        if (!row) return [];
        if (row.kind === "heading") {
          return (
            <div
              key={key}
              className={styles.heading}
              style={{ transform: `translateY(${topPx}px)`, height: HEADING_PX }}
            >
              <SectionHeading section={row.section} count={row.count} isFolded={row.isFolded} onFold={onFold} />
            </div>
          );
        }
        // Keyed by person and not by line: when somebody leaves, everybody behind moves up by one and nobody is drawn anew.
        return row.employees.map((employee, column) => (
          <div key={employee} className={styles.card} style={placeOf(row, column, columns, width, topPx)}>
            <Card section={row.section} employee={employee} />
          </div>
        ));
      })}
    </div>
  );
});

function Card({ section, employee }: { section: SectionName; employee: EmployeeId }) {
  return isFoldable(section) ? <AbsentRow employee={employee} /> : <PersonCard employee={employee} />;
}

function placeOf(row: BoardRow, column: number, columns: number, width: number, topPx: number): CSSProperties {
  const widthPx = (width - GAP_PX * (columns - 1)) / columns;
  return {
    transform: `translate(${column * (widthPx + GAP_PX)}px, ${topPx}px)`,
    width: widthPx,
    height: heightOf(row) - GAP_PX,
  };
}

function heightOf(row: BoardRow | undefined): number {
  if (row?.kind !== "cards") return HEADING_PX;
  return isFoldable(row.section) ? ABSENT_ROW_PX : CARD_ROW_PX;
}
