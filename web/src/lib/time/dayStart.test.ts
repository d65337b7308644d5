import { expect, it } from "vitest";
import { dayStartMs } from "./dayStart";

it.each([
  ["2026-11-20T09:30:00Z", "Europe/Berlin", "2026-11-19T23:00:00.000Z", "an ordinary day"],
  ["2026-11-19T23:00:00Z", "Europe/Berlin", "2026-11-19T23:00:00.000Z", "its first moment"],
  ["2026-11-19T22:59:59.999Z", "Europe/Berlin", "2026-11-18T23:00:00.000Z", "the moment before"],
  ["2026-10-25T22:30:00Z", "Europe/Berlin", "2026-10-24T22:00:00.000Z", "a day of 25 hours, at its end"],
  ["2026-03-29T12:00:00Z", "Europe/Berlin", "2026-03-28T23:00:00.000Z", "a day of 23 hours"],
  ["2026-09-06T12:00:00Z", "America/Santiago", "2026-09-06T04:00:00.000Z", "a day that begins at one o'clock"],
  ["2026-11-20T20:00:00Z", "Asia/Kathmandu", "2026-11-20T18:15:00.000Z", "an offset with minutes"],
])("%s in %s began at %s: %s", (now, timeZone, start) => {
  expect(new Date(dayStartMs(Date.parse(now), timeZone)).toISOString()).toBe(start);
});
