/** Below this a clock is as right as a clock over a network can be known to be. */
const RIGHT_MS_MAX = 2_000;

/** How far a device's clock is from the hub's: `Right`, `12 s ahead`, `3 min behind`. Unknown before its first hello. */
export function skewWords(skewMs: number | null | undefined): string {
  if (skewMs == null) return "–";
  const awayMs = Math.abs(skewMs);
  if (awayMs < RIGHT_MS_MAX) return "Right";
  const length = awayMs < 120_000 ? `${Math.round(awayMs / 1000)} s` : `${Math.round(awayMs / 60_000)} min`;
  return `${length} ${skewMs > 0 ? "ahead" : "behind"}`;
}
