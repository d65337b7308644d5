import type { TimeSpan } from "@/lib/time/calendar";
import { hourTicks } from "@/lib/time/hourTicks";
import type { Shot } from "./shots";

const BLOCK_MS = 10 * 60 * 1000;
const BLOCKS_PER_HOUR = 6;

/** Ten minutes, and what was taken in them, the newest first. */
export interface ShotBlock extends TimeSpan {
  shots: readonly Shot[];
}

/** An hour on the zone's clock. Where the clocks go back, there are two of one name. */
export interface HourRow extends TimeSpan {
  hour: number;
  blocks: readonly ShotBlock[];
}

/** A day's pictures of one person in hours of six blocks, from the first hour with a picture to the last. */
export function hourRows(shots: readonly Shot[], day: TimeSpan, timeZone: string): readonly HourRow[] {
  const inDay = shots.filter(({ atMs }) => atMs >= day.fromMs && atMs < day.toMs);
  if (inDay.length === 0) return [];
  const ticks = hourTicks(day, timeZone);
  const rows = ticks.map(({ atMs, hour }, index) => {
    const toMs = ticks[index + 1]?.atMs ?? day.toMs;
    const blocks = Array.from({ length: BLOCKS_PER_HOUR }, (_, block) => {
      const span = { fromMs: atMs + block * BLOCK_MS, toMs: Math.min(atMs + (block + 1) * BLOCK_MS, toMs) };
      return { ...span, shots: inDay.filter((shot) => shot.atMs >= span.fromMs && shot.atMs < span.toMs) };
    });
    return { fromMs: atMs, toMs, hour, blocks };
  });
  const hasShots = (row: HourRow) => row.blocks.some((block) => block.shots.length > 0);
  return rows.slice(rows.findIndex(hasShots), rows.findLastIndex(hasShots) + 1);
}
