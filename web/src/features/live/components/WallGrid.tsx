import { type FocusEvent, type KeyboardEvent, type MouseEvent, useEffect, useRef } from "react";
import { useLive } from "../hooks/liveContext";
import { useTileFocus } from "../hooks/useTileFocus";
import { GAP_PX, useWallRows } from "../hooks/useWallRows";
import { moveOnGrid } from "../model/gridMove";
import { type Tile, trackOf } from "../model/wallLayout";
import type { Grid } from "../model/wallSearch";
import styles from "./WallGrid.module.css";
import { WallRow } from "./WallRow";

interface WallGridProps {
  tiles: readonly Tile[];
  grid: Grid | undefined;
  /** Another one: other tiles, looked at from the first. */
  filterKey: string;
  /** The key of the tile that the keys act on; none yet: the first. */
  activeKey: string | undefined;
  onActive: (key: string) => void;
  /** The enlarged view lies over it: nothing here is on the screen. */
  isCovered: boolean;
}

/** The tiles, virtualized: a wall of thousands costs a screenful. Arrow keys move, Enter and a double click enlarge. */
export function WallGrid({ tiles, grid, filterKey, activeKey, onActive, isCovered }: WallGridProps) {
  const { actions } = useLive();
  const scroller = useRef<HTMLDivElement>(null);
  const active = Math.max(
    0,
    tiles.findIndex(({ key }) => key === activeKey),
  );
  const wall = useWallRows(scroller, tiles, grid, active);
  const { rows, columns, virtualizer, first, last } = wall;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only other tiles are looked at from the first
  useEffect(() => virtualizer.scrollToOffset(0), [filterKey]);
  const goTo = useTileFocus({ scroller, tiles, rows: wall, active, onActive, isCovered });

  function enlarge(tile: Tile | undefined): void {
    const track = tile && trackOf(tile);
    if (track) actions.enlarge(track);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target as Element).matches("[data-tile]")) return;
    const next = moveOnGrid(event.key, active, { count: tiles.length, columns, pageRows: last - first });
    if (event.key === "Enter") enlarge(tiles[active]);
    else if (next !== undefined) goTo(next);
    else return;
    event.preventDefault();
  }

  function onFocus(event: FocusEvent): void {
    const key = keyOf(event.target);
    if (key !== undefined && key !== activeKey) onActive(key);
  }

  function onDoubleClick(event: MouseEvent): void {
    if ((event.target as Element).closest("button")) return;
    const key = keyOf(event.target);
    enlarge(tiles.find((tile) => tile.key === key));
  }

  return (
    <div ref={scroller} className={styles.scroller} data-covered={isCovered} inert={isCovered}>
      {/* biome-ignore lint/a11y/useSemanticElements: a table cannot be virtualized without losing its layout */}
      <div
        role="grid"
        tabIndex={-1}
        aria-label="Screens"
        aria-rowcount={rows.length}
        aria-colcount={columns}
        className={styles.grid}
        style={{ height: Math.max(0, virtualizer.getTotalSize() - GAP_PX) }}
        onKeyDown={onKeyDown}
        onFocus={onFocus}
        onDoubleClick={onDoubleClick}
      >
        {virtualizer.getVirtualItems().map(({ index, start }) => (
          <WallRow
            key={index}
            row={rows[index] ?? []}
            index={index}
            top={start}
            height={wall.tilePx}
            columns={columns}
            activeColumn={index === Math.floor(active / columns) ? active % columns : undefined}
            isNear={!isCovered && index >= first - 1 && index <= last + 1}
          />
        ))}
      </div>
    </div>
  );
}

function keyOf(target: EventTarget): string | undefined {
  return (target as Element).closest<HTMLElement>("[data-tile]")?.dataset.tile;
}
