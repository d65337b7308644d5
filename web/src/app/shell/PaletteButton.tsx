import { SquareChevronRight } from "lucide-react";
import { lazy, Suspense, useCallback, useState } from "react";
import { usePaletteHotkey } from "@/lib/dom/usePaletteHotkey";
import { Button } from "@/ui/Button";
import styles from "./PaletteButton.module.css";

/** Asked for by few in their first second, so not part of the first load. */
const CommandPalette = lazy(() => import("./CommandPalette").then((module) => ({ default: module.CommandPalette })));

/** As the keyboard of this device writes it. */
const KEY = navigator.platform.startsWith("Mac") ? "⌘ K" : "Ctrl K";

/** Opens the command palette, as Ctrl-K does on every page. */
export function PaletteButton() {
  const [isOpen, setOpen] = useState(false);
  const open = useCallback(() => setOpen(true), []);
  usePaletteHotkey(open);
  return (
    <>
      <Button
        className={styles.button}
        aria-label="Go to: pages, people and actions"
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        title={`Go to a page or a person (${KEY})`}
        onClick={open}
      >
        <SquareChevronRight size={16} aria-hidden />
        <span className={styles.word}>Go to</span>
        <span className={styles.key} aria-hidden="true">
          {KEY}
        </span>
      </Button>
      <Suspense>{isOpen && <CommandPalette onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}
