import { SquareChevronRight } from "lucide-react";
import { lazy, Suspense, useCallback, useEffect, useState } from "react";
import { usePaletteHotkey } from "@/lib/dom/usePaletteHotkey";
import { Button } from "@/ui/Button";
import styles from "./PaletteButton.module.css";

/** Asked for by few in their first second, so not part of the first load; fetched once the page stands. */
const load = () => import("./CommandPalette").then((module) => ({ default: module.CommandPalette }));
const CommandPalette = lazy(load);
const PAGE_STANDS_AFTER_MS = 1_500;

/** As the keyboard of this device writes it. */
const KEY = navigator.platform.startsWith("Mac") ? "⌘ K" : "Ctrl K";

/** Opens the command palette, as Ctrl-K does on every page. */
export function PaletteButton() {
  const [isOpen, setOpen] = useState(false);
  const open = useCallback(() => setOpen(true), []);
  usePaletteHotkey(open);
  useEffect(() => {
    // Whoever presses the key and types on must not lose a letter. A hub that is away is asked again when it is opened.
    const timer = setTimeout(() => void load().catch(() => undefined), PAGE_STANDS_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <>
      <Button
        className={styles.button}
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        title={`Go to a page or a person (${KEY})`}
        onClick={open}
      >
        <SquareChevronRight size={16} aria-hidden />
        <span className={styles.word}>Go to</span>
        <span className="visually-hidden"> a page, a person or an action</span>
        <span className={styles.key} data-key={KEY} />
      </Button>
      <Suspense>{isOpen && <CommandPalette onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}
