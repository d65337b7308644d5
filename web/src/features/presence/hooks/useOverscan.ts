import { startTransition, useEffect, useState } from "react";

/** Lines that are drawn above and below those in sight, so that a scroll does not begin with nothing. */
const OVERSCAN_LINES = 4;
/** Between one more of them and the next: the browser has shown the last one by then. */
const STEP_MS = 40;

/**
 * How many lines out of sight are drawn. None at first where `filter` is another one, which may change every card: those in
 * sight come in a task of their own, and then a line more at a time.
 */
export function useOverscan(filter: object): number {
  const [drawn, setDrawn] = useState({ filter, lines: 0 });
  const lines = drawn.filter === filter ? drawn.lines : 0;
  useEffect(() => {
    if (lines === OVERSCAN_LINES) return;
    const timer = setTimeout(() => startTransition(() => setDrawn({ filter, lines: lines + 1 })), STEP_MS);
    return () => clearTimeout(timer);
  }, [filter, lines]);
  return lines;
}
