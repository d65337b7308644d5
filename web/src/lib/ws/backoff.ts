const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

/**
 * How long to wait before attempt `failures` + 1: the hub's hint, otherwise full jitter over 0..min(60 s, 1 s · 2^n).
 * Full jitter spreads a fleet of pages that lost the same hub at the same moment. `random` is in 0..1.
 */
export function reconnectDelayMs(failures: number, random: number, hintMs?: number): number {
  if (hintMs !== undefined) return Math.max(0, hintMs);
  return Math.floor(random * Math.min(LONGEST_MS, FIRST_MS * 2 ** failures));
}
