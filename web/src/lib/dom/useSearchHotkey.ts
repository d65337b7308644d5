import { useEffect } from "react";

/** Whether the person is typing, or has something open over the page: then a letter is a letter. */
function isTaken(target: EventTarget | null): boolean {
  const isTyping =
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
  return isTyping || document.querySelector("dialog[open], :popover-open") !== null;
}

/** Calls `onSearch` on `/` and on Ctrl-K (or Command-K), the two keys for search in this product. */
export function useSearchHotkey(onSearch: () => void): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
      const isPalette = event.key === "k" && (event.ctrlKey || event.metaKey);
      if (!(isSlash || isPalette) || isTaken(event.target)) return;
      event.preventDefault();
      onSearch();
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [onSearch]);
}
