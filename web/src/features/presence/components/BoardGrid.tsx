import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useMemo, useRef, useState } from "react";
import { useElementWidth } from "@/lib/dom/useElementWidth";
import type { BoardSection, SectionName } from "../model/boardLayout";
import { type BoardRow, toRows } from "../model/boardRows";
import { AbsentRow } from "./AbsentRow";
import styles from "./BoardGrid.module.css";
import { PersonCard } from "./PersonCard";
import { SectionHeading } from "./SectionHeading";

const CARD_WIDTH_PX_MIN = 272;
const GAP_PX = 12;
/** Heights with the gap below, so that the virtualizer never has to measure and nothing moves when it has. */
const HEADING_PX = 48;
const CARD_ROW_PX = 140 + GAP_PX;
const ABSENT_ROW_PX = 56 + GAP_PX;

interface BoardGridProps {
  sections: readonly BoardSection[];
  folded: ReadonlySet<SectionName>;
  onFold: (isFolded: boolean) => void;
}

/** The board's sections as one virtualized grid on the page's own scroll: thousands of people cost a screenful. */
export function BoardGrid({ sections, folded, onFold }: BoardGridProps) {
  const frame = useRef<HTMLDivElement>(null);
  const width = useElementWidth(frame);
  const columns = Math.max(1, Math.floor((width + GAP_PX) / (CARD_WIDTH_PX_MIN + GAP_PX)));
  const rows = useMemo(() => toRows(sections, columns, folded), [sections, columns, folded]);
  const [scrollMargin, setScrollMargin] = useState(0);
  // A notice that comes in above later shifts the grid by less than the overscan, which is all that this is for.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what stands above wraps differently at another width
  useLayoutEffect(() => setScrollMargin(frame.current?.offsetTop ?? 0), [width, rows]);

  const virtualizer = useWindowVirtualizer({
    count: width === 0 ? 0 : rows.length,
    estimateSize: (index) => heightOf(rows[index]),
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 4,
    scrollMargin,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: heights follow from the rows, which the virtualizer cannot see
  useLayoutEffect(() => virtualizer.measure(), [rows, virtualizer]);

  return (
    <div ref={frame} className={styles.frame} style={{ height: virtualizer.getTotalSize() }}>
      {virtualizer.getVirtualItems().map(({ index, key, start, size }) => {
        const row = rows[index];
        if (!row) return null;
        const place = { transform: `translateY(${start - scrollMargin}px)`, height: size };
        return (
          <div key={key} className={styles.row} style={place}>
            <Row row={row} columns={columns} onFold={onFold} />
          </div>
        );
      })}
    </div>
  );
}

function Row({ row, columns, onFold }: { row: BoardRow; columns: number; onFold: (isFolded: boolean) => void }) {
  if (row.kind === "heading") {
    return <SectionHeading section={row.section} count={row.count} isFolded={row.isFolded} onFold={onFold} />;
  }
  const Card = row.section === "offline" ? AbsentRow : PersonCard;
  return (
    <div className={styles.line} style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
      {row.employees.map((employee) => (
        <Card key={employee} employee={employee} />
      ))}
    </div>
  );
}

function heightOf(row: BoardRow | undefined): number {
  if (row?.kind !== "cards") return HEADING_PX;
  return row.section === "offline" ? ABSENT_ROW_PX : CARD_ROW_PX;
}
