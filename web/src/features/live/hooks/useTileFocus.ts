import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";
import type { Tile } from "../model/wallLayout";
import { useKeys } from "./useKeys";
import type { WallRows } from "./useWallRows";

const ARROWS = ["ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp"];

interface TileFocus {
  scroller: RefObject<HTMLDivElement | null>;
  tiles: readonly Tile[];
  rows: WallRows;
  /** The index of the tile that has the focus, or had it last. */
  active: number;
  onActive: (key: string) => void;
  isCovered: boolean;
}

/** Moves the focus over tiles that may not be on the page yet. Returns how to go to one by its index. */
export function useTileFocus({
  scroller,
  tiles,
  rows,
  active,
  onActive,
  isCovered,
}: TileFocus): (index: number) => void {
  const { columns, virtualizer } = rows;
  const activeKey = tiles[active]?.key;
  const wantsFocus = useRef(false);

  function goTo(index: number): void {
    const tile = tiles[index];
    if (!tile) return;
    virtualizer.scrollToIndex(Math.floor(index / columns), { align: "auto" });
    wantsFocus.current = tile.key !== activeKey;
    if (wantsFocus.current) onActive(tile.key);
    else focusTile(scroller.current, tile.key);
  }

  // The active tile is always on the page, whatever is scrolled to, but only after it has been drawn as that.
  useLayoutEffect(() => {
    if (!wantsFocus.current || activeKey === undefined) return;
    wantsFocus.current = false;
    focusTile(scroller.current, activeKey);
  }, [scroller, activeKey]);

  // The focus comes back from the enlarged view.
  const wasCovered = useRef(isCovered);
  useEffect(() => {
    const isBack = wasCovered.current && !isCovered;
    wasCovered.current = isCovered;
    if (isBack) goTo(active);
  });

  // Where nothing has the focus, arrows begin at the tile that had it last.
  function enter(): boolean {
    if (document.activeElement !== document.body || isCovered) return false;
    goTo(active);
    return true;
  }
  useKeys(Object.fromEntries(ARROWS.map((key) => [key, enter])));
  return goTo;
}

function focusTile(scroller: HTMLElement | null, key: string): void {
  scroller?.querySelector<HTMLElement>(`[data-tile="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
}
