import { type KeyboardEvent, memo, type PointerEvent, useId, useMemo, useRef, useState } from "react";
import type { TimeSpan } from "@/lib/time/calendar";
import { formatDuration, formatMoment } from "@/lib/time/format";
import { hourTicks } from "@/lib/time/hourTicks";
import { useSecond } from "@/lib/time/useSecond";
import styles from "./DayStrip.module.css";
import { DayStripCard, KIND_WORDS } from "./DayStripCard";
import {
  pieceAt,
  STRIP_HEIGHT,
  STRIP_KINDS,
  type StripPiece,
  type StripSegment,
  stepTo,
  stripPath,
} from "./stripPieces";

/** How far beside a sliver the tip of a pointer still means it. */
const REACH_PX = 4;

export interface DayStripProps {
  /** Whose day, for who hears the page: `Mia Wong, Fri, 20 Nov 2026`. */
  label: string;
  /** From midnight to midnight in the zone; `daySpan` of lib/time knows it. */
  day: TimeSpan;
  /** In order, without overlap; clipped to the day. Drawn with exactly these edges. */
  segments: readonly StripSegment[];
  timeZone: string;
  /** `row`: one line of a table, below a `DayAxis`. `hero`: the thing itself. */
  size?: "row" | "hero";
  /** The last segment still grows. */
  isRunning?: boolean;
  /** Instants marked above the strip, such as those of screenshots. */
  marks?: readonly number[];
}

/**
 * The 24 hours of somebody's day: each segment from its exact start to its exact end. Pointing shows from, to and length; by
 * keyboard it is one stop, in which arrows, Home and End step through the segments.
 */
export const DayStrip = memo(function DayStrip(props: DayStripProps) {
  const { label, day, segments, timeZone, size = "row", isRunning = false, marks } = props;
  const box = useRef<HTMLDivElement>(null);
  const cardId = useId();
  const [piece, setPiece] = useState<StripPiece>();
  const chosen = piece?.at;

  function onPointer(event: PointerEvent<HTMLDivElement>): void {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const msPerPx = (day.toMs - day.fromMs) / Math.max(1, width);
    const atMs = day.fromMs + Math.max(0, Math.min(event.clientX - left, width - 1)) * msPerPx;
    const next = pieceAt(segments, day, atMs, REACH_PX * msPerPx);
    if (next.fromMs !== piece?.fromMs || next.toMs !== piece.toMs) setPiece(next);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === "Escape" && piece) {
      event.stopPropagation();
      setPiece(undefined);
      return;
    }
    const next = stepTo(event.key, chosen, segments.length);
    const segment = next === undefined ? undefined : segments[next];
    if (next === undefined || !segment) return;
    event.preventDefault();
    setPiece({ at: next, ...segment });
  }

  const isLast = chosen !== undefined && chosen === segments.length - 1;
  return (
    <div
      ref={box}
      className={styles.strip}
      data-size={size}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-roledescription="day strip"
      aria-valuemin={0}
      aria-valuemax={segments.length}
      aria-valuenow={chosen === undefined ? 0 : chosen + 1}
      aria-valuetext={piece ? wordsOf(piece, timeZone) : summaryOf(segments, timeZone)}
      aria-describedby={piece ? cardId : undefined}
      onPointerMove={onPointer}
      onPointerDown={onPointer}
      onPointerLeave={(event) => {
        // A finger leaves when it is lifted; what it pointed at stays until it points elsewhere.
        if (event.pointerType !== "touch") setPiece(undefined);
      }}
      onKeyDown={onKeyDown}
      onBlur={() => setPiece(undefined)}
    >
      <Blocks day={day} segments={segments} timeZone={timeZone} />
      {marks?.map((atMs) => (
        <i key={atMs} className={styles.mark} style={{ left: percent(atMs, day) }} />
      ))}
      {piece?.at !== undefined && (
        <span
          className={styles.chosen}
          style={{ left: percent(piece.fromMs, day), right: percent(piece.toMs, day, "right") }}
        />
      )}
      <NowLine day={day} />
      {piece && (
        <DayStripCard
          id={cardId}
          piece={piece}
          isRunning={isRunning && isLast}
          anchor={box}
          atFraction={middleOf(piece, day)}
          timeZone={timeZone}
        />
      )}
    </div>
  );
});

interface BlocksProps {
  day: TimeSpan;
  segments: readonly StripSegment[];
  timeZone: string;
}

/** One path for each kind, in milliseconds: the browser does the rounding, and a busy day costs no more than a quiet one. */
const Blocks = memo(function Blocks({ day, segments, timeZone }: BlocksProps) {
  const ticks = useMemo(() => hourTicks(day, timeZone).slice(1), [day, timeZone]);
  return (
    <svg
      className={styles.blocks}
      viewBox={`0 0 ${day.toMs - day.fromMs} ${STRIP_HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path className={styles.ticks} d={ticks.map(({ atMs }) => `M${atMs - day.fromMs} 0V${STRIP_HEIGHT}`).join("")} />
      {STRIP_KINDS.map((kind) => (
        <path key={kind} className={styles[kind]} d={stripPath(kind, segments, day)} />
      ))}
    </svg>
  );
});

/** Where the day stands. Renders itself alone, and nothing on another day. */
function NowLine({ day }: { day: TimeSpan }) {
  const nowMs = useSecond();
  if (nowMs < day.fromMs || nowMs >= day.toMs) return null;
  return <i className={styles.now} style={{ left: percent(nowMs, day) }} />;
}

function percent(atMs: number, day: TimeSpan, from: "left" | "right" = "left"): string {
  const fraction = Math.max(0, Math.min(1, (atMs - day.fromMs) / (day.toMs - day.fromMs)));
  return `${100 * (from === "left" ? fraction : 1 - fraction)}%`;
}

function middleOf({ fromMs, toMs }: TimeSpan, day: TimeSpan): number {
  const middleMs = (Math.max(fromMs, day.fromMs) + Math.min(toMs, day.toMs)) / 2;
  return (middleMs - day.fromMs) / (day.toMs - day.fromMs);
}

function wordsOf({ kind, fromMs, toMs }: StripPiece, timeZone: string): string {
  const [from, to] = [fromMs, toMs].map((atMs) => formatMoment(atMs, fromMs, timeZone));
  return `${KIND_WORDS[kind]}, ${from} to ${to}, ${formatDuration(toMs - fromMs)}`;
}

function summaryOf(segments: readonly StripSegment[], timeZone: string): string {
  const [first, last] = [segments[0], segments.at(-1)];
  if (!first || !last) return "Nothing recorded";
  const [from, to] = [first.fromMs, last.toMs].map((atMs) => formatMoment(atMs, first.fromMs, timeZone));
  return `${segments.length} ${segments.length === 1 ? "segment" : "segments"} from ${from} to ${to}`;
}
