import { useEffect } from "react";
import { isKeyTaken } from "./isKeyTaken";

/** Calls `onSearch` on `/`, the key for search in this product. */
export function useSearchHotkey(onSearch: () => void): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
      if (!isSlash || isKeyTaken(event.target)) return;
      event.preventDefault();
      onSearch();
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [onSearch]);
}
