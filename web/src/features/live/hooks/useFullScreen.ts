import { type RefObject, useCallback, useMemo, useSyncExternalStore } from "react";

export interface FullScreen {
  /** A telephone may have none. */
  isAvailable: boolean;
  isFull: boolean;
  enter(): void;
  toggle(): void;
}

/** Lets an element fill the screen. */
export function useFullScreen(element: RefObject<HTMLElement | null>): FullScreen {
  const isFull = useSyncExternalStore(subscribe, () => document.fullscreenElement !== null);
  const enter = useCallback(() => {
    // Refused where the browser or a frame around the page forbids it: nothing changes then, which says it all.
    if (!document.fullscreenElement) void element.current?.requestFullscreen().catch(() => undefined);
  }, [element]);
  const toggle = useCallback(() => {
    if (document.fullscreenElement) void document.exitFullscreen();
    else enter();
  }, [enter]);
  return useMemo(() => ({ isAvailable: document.fullscreenEnabled, isFull, enter, toggle }), [isFull, enter, toggle]);
}

function subscribe(listener: () => void): () => void {
  document.addEventListener("fullscreenchange", listener);
  return () => document.removeEventListener("fullscreenchange", listener);
}
