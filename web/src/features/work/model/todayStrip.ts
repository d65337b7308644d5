import type { WorkSegmentRow } from "@/api/types";
import { STRIP_KINDS, type StripSegment } from "@/ui/stripPieces";
import type { WorkKind } from "./workNow";

/** The hub's rows as a strip draws them, in order. A kind newer than this page is drawn as work. */
export function stripOfRows(
  rows: readonly (Pick<WorkSegmentRow, "from" | "to"> & { kind: string })[],
): readonly StripSegment[] {
  return rows
    .map(({ kind, from, to }) => ({
      kind: STRIP_KINDS.find((known) => known === kind) ?? "active",
      fromMs: from,
      toMs: to,
    }))
    .sort((a, b) => a.fromMs - b.fromMs);
}

/**
 * The strip as it stands at `nowMs` while the person does `kind`: what ran when the hub was asked has run on. Rounded down to
 * the minute, which is as fine as a day of 24 hours can be drawn.
 */
export function grownStrip(segments: readonly StripSegment[], kind: WorkKind, nowMs: number): readonly StripSegment[] {
  const last = segments.at(-1);
  const minuteMs = nowMs - (nowMs % 60_000);
  if (kind === "out" || last?.kind !== kind || last.toMs >= minuteMs) return segments;
  return [...segments.slice(0, -1), { ...last, toMs: minuteMs }];
}
