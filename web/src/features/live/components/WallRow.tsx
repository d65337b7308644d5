import { memo } from "react";
import type { Tile } from "../model/wallLayout";
import styles from "./WallGrid.module.css";
import { WallTile } from "./WallTile";

interface WallRowProps {
  row: readonly Tile[];
  /** From 0. */
  index: number;
  /** In pixels from the first row. */
  top: number;
  /** Of a tile, in pixels. */
  height: number;
  columns: number;
  /** Of the active tile, from 0; `undefined` in every other row. */
  activeColumn: number | undefined;
  isNear: boolean;
}

/** One line of tiles. */
export const WallRow = memo(function WallRow(props: WallRowProps) {
  const { row, index, top, height, columns, activeColumn, isNear } = props;
  const place = {
    transform: `translateY(${top}px)`,
    height,
    gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot be virtualized without losing its layout
    // biome-ignore lint/a11y/useFocusableInteractive: the cells have the focus
    <div role="row" aria-rowindex={index + 1} className={styles.row} style={place}>
      {row.map((tile, column) => (
        <WallTile key={tile.key} tile={tile} column={column + 1} isNear={isNear} isActive={activeColumn === column} />
      ))}
    </div>
  );
});
