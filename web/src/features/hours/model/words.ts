import type { CorrectionKind } from "@/api/types";

/** A zone as people read it: `America/New York`. */
export function zoneWords(timeZone: string): string {
  return timeZone.replaceAll("_", " ");
}

/** What becomes of the time that a correction covers. */
export const CORRECTION_WORDS: Readonly<Record<CorrectionKind, string>> = {
  active: "Active",
  idle: "Idle",
  break: "Break",
  meeting: "Meeting",
  remove: "No work",
};

/** The word of a correction's kind, whatever a later hub may say. */
export function correctionWord(kind: string): string {
  return kind in CORRECTION_WORDS ? CORRECTION_WORDS[kind as CorrectionKind] : kind;
}
