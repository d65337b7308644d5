import { type RefObject, useLayoutEffect, useRef } from "react";
import { formatDuration, formatMoment } from "@/lib/time/format";
import styles from "./DayStripCard.module.css";
import { StatusShape } from "./StatusShape";
import type { StripPiece } from "./stripPieces";

/** Between the strip and its card, and between that and the edge of the window. */
const GAP_PX = 8;

export const KIND_WORDS: Readonly<Record<StripPiece["kind"], string>> = {
  active: "Active",
  idle: "Idle",
  break: "Break",
  meeting: "Meeting",
  none: "Nothing recorded",
};

interface DayStripCardProps {
  id: string;
  piece: StripPiece;
  /** The piece still grows: it ends now. */
  isRunning: boolean;
  /** The strip. */
  anchor: RefObject<HTMLElement | null>;
  /** Where on the strip, 0 to 1. */
  atFraction: number;
  timeZone: string;
}

/** What is pointed at: kind, from, to and length. In the browser's top layer, so that no table cuts it off. */
export function DayStripCard({ id, piece, isRunning, anchor, atFraction, timeZone }: DayStripCardProps) {
  const card = useRef<HTMLDivElement>(null);
  const { kind, fromMs, toMs } = piece;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another piece is another size and another place
  useLayoutEffect(() => {
    const shown = card.current;
    if (!shown) return;
    if (!shown.matches(":popover-open")) shown.showPopover?.();
    const place = () => placeOver(shown, anchor.current, atFraction);
    place();
    window.addEventListener("scroll", place, { capture: true, passive: true });
    return () => window.removeEventListener("scroll", place, { capture: true });
  }, [anchor, atFraction, piece]);

  return (
    <div ref={card} id={id} popover="manual" role="tooltip" className={styles.card}>
      <p className={styles.kind}>
        {kind !== "none" && <StatusShape status={kind} />}
        {KIND_WORDS[kind]}
        <span className={styles.length}>{formatDuration(toMs - fromMs)}</span>
      </p>
      <p className={styles.times}>
        {formatMoment(fromMs, fromMs, timeZone)} – {isRunning ? "now" : formatMoment(toMs, fromMs, timeZone)}
      </p>
    </div>
  );
}

/** Above the strip where there is room, below it otherwise, and always inside the window. */
function placeOver(card: HTMLElement, strip: HTMLElement | null, atFraction: number): void {
  const anchor = strip?.getBoundingClientRect();
  if (!anchor) return;
  const leftMax = document.documentElement.clientWidth - card.offsetWidth - GAP_PX;
  const left = anchor.left + anchor.width * atFraction - card.offsetWidth / 2;
  const above = anchor.top - card.offsetHeight - GAP_PX;
  card.style.left = `${Math.max(GAP_PX, Math.min(left, leftMax))}px`;
  card.style.top = `${above >= GAP_PX ? above : anchor.bottom + GAP_PX}px`;
}
