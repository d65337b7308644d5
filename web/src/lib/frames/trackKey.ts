import type { TrackRef } from "@/api/types";

/** A track as text: `INT2607:1`. No employee id has a colon. */
export function trackKey({ employee, track }: TrackRef): string {
  return `${employee}:${track}`;
}

/** Reads what `trackKey` wrote; `undefined` for anything else. */
export function parseTrackKey(key: string): TrackRef | undefined {
  const [, employee, digits] = /^([\w.-]{1,64}):(\d{1,10})$/.exec(key) ?? [];
  return employee === undefined ? undefined : { employee, track: Number(digits) };
}
