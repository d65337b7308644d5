import { useLayoutEffect } from "react";

/**
 * The page fills what the frame leaves and scrolls inside itself, for as long as the caller is on it. Said on the root, for
 * the frame's styles: `:has()` would say it too, but made recomputing styles of a busy live wall ten times as long.
 */
export function useFilledScreen(): void {
  useLayoutEffect(() => {
    const { dataset } = document.documentElement;
    dataset.page = "filled";
    return () => {
      delete dataset.page;
    };
  }, []);
}
