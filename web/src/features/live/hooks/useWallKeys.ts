import type { Grid } from "../model/wallSearch";
import type { FullScreen } from "./useFullScreen";
import { type Keys, useKeys } from "./useKeys";

const NONE: Keys = {};

interface WallKeys {
  /** The enlarged view has keys of its own. */
  isCovered: boolean;
  onGrid: (grid: Grid) => void;
  /** Stops or starts watching whom the active tile shows. */
  onPause: () => void;
  fullScreen: FullScreen;
}

/** The keys of the wall that need no focus on it: `1` to `4`, `F`, `P` and `/`. */
export function useWallKeys({ isCovered, onGrid, onPause, fullScreen }: WallKeys): void {
  const keys: Keys = {
    "1": () => onGrid(1),
    "2": () => onGrid(2),
    "3": () => onGrid(3),
    "4": () => onGrid(4),
    f: fullScreen.toggle,
    p: onPause,
    // The search field is not on a screen that the wall fills.
    "/": () => {
      if (!fullScreen.isFull) return false;
      fullScreen.toggle();
    },
  };
  useKeys(isCovered ? NONE : keys);
}
