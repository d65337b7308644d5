import { useEffect } from "react";

/** Ctrl-K, or Command-K. */
export function isPaletteKey(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">): boolean {
  return event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey;
}

/** Calls `onOpen` on the palette's key, also while somebody types; not over a dialog, which has to be answered first. */
export function usePaletteHotkey(onOpen: () => void): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (!isPaletteKey(event)) return;
      // Never the browser's own search, wherever one is.
      event.preventDefault();
      if (document.querySelector("dialog[open]") === null) onOpen();
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [onOpen]);
}
