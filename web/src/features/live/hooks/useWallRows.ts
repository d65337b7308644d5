import { defaultRangeExtractor, useVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useLayoutEffect, useMemo } from "react";
import { useElementWidth } from "@/lib/dom/useElementWidth";
import { columnsFor } from "../model/gridColumns";
import type { Tile } from "../model/wallLayout";
import type { Grid } from "../model/wallSearch";

/** Between tiles. */
export const GAP_PX = 1;

export interface WallRows {
  rows: readonly (readonly Tile[])[];
  columns: number;
  /** The height of a tile. */
  tilePx: number;
  virtualizer: Virtualizer<HTMLDivElement, Element>;
  /** The rows that are on the screen, at least in part; none: `last` is before `first`. */
  first: number;
  last: number;
}

/** Cuts the tiles into rows of the width that there is, and knows which of them are on the screen. */
export function useWallRows(
  scroller: RefObject<HTMLDivElement | null>,
  tiles: readonly Tile[],
  grid: Grid | undefined,
  active: number,
): WallRows {
  const width = useElementWidth(scroller);
  const columns = columnsFor(width, grid);
  const rows = useMemo(() => toRows(tiles, columns), [tiles, columns]);
  const tilePx = Math.round((((width - (columns - 1) * GAP_PX) / columns) * 9) / 16);
  const activeRow = Math.floor(active / columns);
  const virtualizer = useVirtualizer<HTMLDivElement, Element>({
    count: width === 0 ? 0 : rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => tilePx + GAP_PX,
    overscan: 1,
    // The row with the focus is always there, or scrolling would take the focus from under the person's fingers.
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      return shown.includes(activeRow) || activeRow >= range.count
        ? shown
        : [...shown, activeRow].sort((a, b) => a - b);
    },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows from these, which the virtualizer cannot see
  useLayoutEffect(() => virtualizer.measure(), [tilePx, virtualizer]);
  // Another number of columns keeps the tile that one was at in sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the columns move the tiles so far
  useEffect(() => virtualizer.scrollToIndex(activeRow, { align: "auto" }), [columns]);
  const { startIndex: first = 0, endIndex: last = -1 } = virtualizer.range ?? {};
  return { rows, columns, tilePx, virtualizer, first, last };
}

function toRows(tiles: readonly Tile[], columns: number): (readonly Tile[])[] {
  const rows: (readonly Tile[])[] = [];
  for (let from = 0; from < tiles.length; from += columns) rows.push(tiles.slice(from, from + columns));
  return rows;
}
