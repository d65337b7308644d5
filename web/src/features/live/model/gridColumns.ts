import type { Grid } from "./wallSearch";

/** A tile of less than this shows no screen that anybody could read. */
const TWO_COLUMNS_PX_MIN = 560;
const THREE_COLUMNS_PX_MIN = 960;
const FOUR_COLUMNS_PX_MIN = 1_600;
/** On a telephone more than two in a row are dots. */
const NARROW_PX = 480;

/** How many tiles stand in a row: the chosen number where it fits, otherwise what suits the width. */
export function columnsFor(widthPx: number, chosen: Grid | undefined): Grid {
  if (chosen !== undefined) return widthPx < NARROW_PX && chosen > 2 ? 2 : chosen;
  if (widthPx < TWO_COLUMNS_PX_MIN) return 1;
  if (widthPx < THREE_COLUMNS_PX_MIN) return 2;
  return widthPx < FOUR_COLUMNS_PX_MIN ? 3 : 4;
}
