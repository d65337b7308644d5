import { useEffect, useRef } from "react";
import { isKeyTaken } from "@/lib/dom/isKeyTaken";

/** Handlers by `KeyboardEvent.key`; one that answers `false` leaves the key to the browser. */
export type Keys = Readonly<Record<string, (event: KeyboardEvent) => unknown>>;

/** Keys of the whole page, while nobody types and nothing lies over it. */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isKeyTaken(event.target)) return;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const handle = Object.hasOwn(latest.current, key) ? latest.current[key] : undefined;
      if (handle && handle(event) !== false) event.preventDefault();
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}
