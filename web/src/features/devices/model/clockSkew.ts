/** What everybody's clock is off by, and nobody notices. */
const NOTED_MS = 2_000;
const UNITS = [
  { ms: 3_600_000, word: "h" },
  { ms: 60_000, word: "min" },
  { ms: 1_000, word: "s" },
] as const;

/** How far a device's clock is off: `on time`, `12 s ahead`, `3 min behind`. */
export function clockSkewWords(skewMs: number): string {
  const lengthMs = Math.abs(skewMs);
  if (lengthMs < NOTED_MS) return "on time";
  const unit = UNITS.find(({ ms }) => lengthMs >= ms) ?? UNITS[2];
  return `${Math.round(lengthMs / unit.ms)} ${unit.word} ${skewMs > 0 ? "ahead" : "behind"}`;
}

/** Whether somebody should set that clock right: from five minutes ahead, the hub refuses what the device reports. */
export function isSkewNotable(skewMs: number): boolean {
  return Math.abs(skewMs) >= 60_000;
}
