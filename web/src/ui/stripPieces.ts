import type { TimeSpan } from "@/lib/time/calendar";

/** What a stretch of working time is; the hub's kinds of segments. */
export const STRIP_KINDS = ["active", "idle", "break", "meeting"] as const;
export type StripKind = (typeof STRIP_KINDS)[number];

/** A stretch of one kind, as the hub stored it: its edges are exact. */
export interface StripSegment extends TimeSpan {
  kind: StripKind;
}

/** What lies under a point of the strip: a segment by its index, or the gap between two. */
export type StripPiece = ({ at: number } & StripSegment) | ({ at: undefined; kind: "none" } & TimeSpan);

/**
 * How high each kind stands, in percent from the top, so that kinds are told apart without colour: active is full, a meeting
 * is full with a cut, idle is less than half, a break is a line at the foot.
 */
const BANDS: Readonly<Record<StripKind, readonly (readonly [top: number, foot: number])[]>> = {
  active: [[0, 100]],
  meeting: [
    [0, 32],
    [44, 100],
  ],
  idle: [[58, 100]],
  break: [[84, 100]],
};

export const STRIP_HEIGHT = 100;

/** The outline of all segments of a kind, in milliseconds of the day from left to right. Empty if there is none. */
export function stripPath(kind: StripKind, segments: readonly StripSegment[], day: TimeSpan): string {
  let path = "";
  for (const segment of segments) {
    if (segment.kind !== kind) continue;
    const left = Math.max(segment.fromMs, day.fromMs) - day.fromMs;
    const width = Math.min(segment.toMs, day.toMs) - day.fromMs - left;
    if (width <= 0) continue;
    for (const [top, foot] of BANDS[kind]) path += `M${left} ${top}h${width}V${foot}h${-width}z`;
  }
  return path;
}

/**
 * What lies at an instant. `segments` are in order and do not overlap. A segment that is narrower than a finger or the tip of
 * a pointer is found within `reachMs` of it, if no other is hit.
 */
export function pieceAt(segments: readonly StripSegment[], day: TimeSpan, atMs: number, reachMs: number): StripPiece {
  const next = firstAfter(segments, atMs);
  const before = segments[next - 1];
  if (before && atMs < before.toMs) return { at: next - 1, ...before };
  const after = segments[next];
  const fromMs = before?.toMs ?? day.fromMs;
  const toMs = after?.fromMs ?? day.toMs;
  const isReached = (distanceMs: number) => distanceMs <= reachMs && toMs - fromMs > 0;
  if (before && isReached(atMs - fromMs) && atMs - fromMs <= toMs - atMs) return { at: next - 1, ...before };
  if (after && isReached(toMs - atMs)) return { at: next, ...after };
  return { at: undefined, kind: "none", fromMs: Math.max(fromMs, day.fromMs), toMs: Math.min(toMs, day.toMs) };
}

/** Where a key leads among `count` segments; `undefined` if it leads nowhere. Nothing is chosen before the first key. */
export function stepTo(key: string, at: number | undefined, count: number): number | undefined {
  const last = count - 1;
  if (last < 0) return undefined;
  switch (key) {
    case "ArrowRight":
    case "ArrowUp":
      return at === undefined ? 0 : Math.min(at + 1, last);
    case "ArrowLeft":
    case "ArrowDown":
      return at === undefined ? last : Math.max(at - 1, 0);
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return undefined;
  }
}

/** The index of the first segment that begins after an instant. */
function firstAfter(segments: readonly StripSegment[], atMs: number): number {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((segments[middle]?.fromMs ?? 0) <= atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
