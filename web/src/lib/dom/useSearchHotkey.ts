import { useEffect } from "react";
import { isKeyTaken } from "./isKeyTaken";

/** Calls `onSearch` on `/` and on Ctrl-K (or Command-K), the two keys for search in this product. */
export function useSearchHotkey(onSearch: () => void): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
      const isPalette = event.key === "k" && (event.ctrlKey || event.metaKey);
      if (!(isSlash || isPalette) || isKeyTaken(event.target)) return;
      event.preventDefault();
      onSearch();
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [onSearch]);
}
