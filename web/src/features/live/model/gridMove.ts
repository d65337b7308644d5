/** The shape of the wall, as keys move on it. */
export interface GridShape {
  count: number;
  columns: number;
  /** Rows that fit on the screen: what Page Up and Page Down move by. */
  pageRows: number;
}

/** Where a key leads from tile `from`; `undefined` for a key that does not move. Nobody falls off an edge. */
export function moveOnGrid(key: string, from: number, { count, columns, pageRows }: GridShape): number | undefined {
  const last = count - 1;
  const rowStart = from - (from % columns);
  const vertical = (rows: number) => {
    const to = from + rows * columns;
    if (to < 0) return from % columns;
    if (to <= last) return to;
    // Below a full row stands a shorter one: its last tile is meant.
    const isLastRow = Math.floor(from / columns) === Math.floor(last / columns);
    return isLastRow ? from : last;
  };
  switch (key) {
    case "ArrowRight":
      return Math.min(last, from + 1);
    case "ArrowLeft":
      return Math.max(0, from - 1);
    case "ArrowDown":
      return vertical(1);
    case "ArrowUp":
      return from - columns < 0 ? from : from - columns;
    case "PageDown":
      return vertical(Math.max(1, pageRows));
    case "PageUp":
      return vertical(-Math.max(1, pageRows));
    case "Home":
      return rowStart;
    case "End":
      return Math.min(last, rowStart + columns - 1);
    default:
      return undefined;
  }
}
