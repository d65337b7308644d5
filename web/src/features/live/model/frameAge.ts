import { formatDuration } from "@/lib/time/format";

/** Twice the second within which the hub sends or confirms a picture: what is older is not live any more. */
export const STALE_AFTER_MS = 2_000;

/** How old a picture is: `<1 s`, `7 s`, `1:04`. */
export function formatAge(ageMs: number): string {
  if (ageMs < 1_000) return "<1 s";
  return ageMs < 60_000 ? `${Math.floor(ageMs / 1_000)} s` : formatDuration(ageMs);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** When a picture was captured, as exact as the hub knows: `14:02:31.123`. */
export function formatCapturedAt(atMs: number, timeZone: string): string {
  const known = formatters.get(timeZone);
  const formatter =
    known ??
    new Intl.DateTimeFormat("en-GB", {
      timeZone,
      hourCycle: "h23",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      fractionalSecondDigits: 3,
    });
  if (!known) formatters.set(timeZone, formatter);
  return formatter.format(atMs);
}
