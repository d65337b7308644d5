import { describe, expect, it } from "vitest";
import {
  formatAgo,
  formatDuration,
  formatExact,
  formatExactHours,
  formatHours,
  formatHoursMinutes,
  formatMoment,
  formatOffset,
  formatShortWeekday,
  formatTimeOfDay,
  formatWeekday,
} from "./format";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** 2026-11-20T13:02:31Z. */
const AT_MS = Date.UTC(2026, 10, 20, 13, 2, 31);

describe("formatDuration", () => {
  it.each([
    [-5_000, "0:00"],
    [999, "0:00"],
    [7_000, "0:07"],
    [12 * MINUTE_MS + 34_000, "12:34"],
    [3 * HOUR_MS + 5 * MINUTE_MS + 9_000, "3:05:09"],
    [DAY_MS - 1, "23:59:59"],
    [2 * DAY_MS + 5 * MINUTE_MS, "2 d 0:05:00"],
  ])("%i ms is %s", (lengthMs, text) => expect(formatDuration(lengthMs)).toBe(text));
});

describe("sums of working time", () => {
  it.each([
    [-1, "0:00:00", "0:00:00.000", "0:00"],
    [999, "0:00:00", "0:00:00.999", "0:00"],
    [3 * HOUR_MS + 5 * MINUTE_MS + 9_012, "3:05:09", "3:05:09.012", "3:05"],
    [5 * DAY_MS + 18 * HOUR_MS, "138:00:00", "138:00:00.000", "138:00"],
    [1_418 * HOUR_MS, "1,418:00:00", "1,418:00:00.000", "1,418:00"],
  ])("%i ms is %s", (lengthMs, text, exact, short) => {
    expect(formatHours(lengthMs)).toBe(text);
    expect(formatExactHours(lengthMs)).toBe(exact);
    expect(formatHoursMinutes(lengthMs)).toBe(short);
  });
});

describe("formatAgo", () => {
  it.each([
    [-1_000, "just now"],
    [59_999, "just now"],
    [MINUTE_MS, "1 min ago"],
    [HOUR_MS - 1, "59 min ago"],
    [HOUR_MS, "1 h ago"],
    [DAY_MS, "1 d ago"],
  ])("%i ms is %s", (agoMs, text) => expect(formatAgo(agoMs)).toBe(text));
});

describe("instants", () => {
  it("names the second and the zone", () => {
    expect(formatExact(AT_MS, "Europe/Berlin")).toBe("Fri, 20 Nov 2026, 14:02:31 CET");
  });

  it("names the day", () => {
    expect(formatWeekday(AT_MS, "Europe/Berlin")).toBe("Fri, 20 Nov 2026");
    expect(formatShortWeekday(AT_MS, "Europe/Berlin")).toBe("Fri 20");
  });

  it.each([
    ["the same day", AT_MS + HOUR_MS, "UTC", "13:02"],
    ["the next day", AT_MS + DAY_MS, "UTC", "20 Nov, 13:02"],
    ["the last hour of the year", Date.UTC(2026, 11, 31, 23), "UTC", "20 Nov, 13:02"],
    ["the first hour of the next one, in that zone", Date.UTC(2026, 11, 31, 23), "Europe/Berlin", "20 Nov 2026, 14:02"],
    ["an earlier year", Date.UTC(2025, 10, 20), "UTC", "20 Nov 2026, 13:02"],
    ["the same instant in a zone where midnight lies between", AT_MS + 3 * HOUR_MS, "Asia/Tokyo", "20 Nov, 22:02"],
  ])("%s", (_, nowMs, timeZone, text) => expect(formatTimeOfDay(AT_MS, nowMs, timeZone)).toBe(text));

  it("says the second, and the day if it is another one", () => {
    expect(formatMoment(AT_MS, AT_MS + HOUR_MS, "UTC")).toBe("13:02:31");
    expect(formatMoment(AT_MS, AT_MS + DAY_MS, "UTC")).toBe("20 Nov, 13:02:31");
    expect(formatMoment(AT_MS, AT_MS + 60 * DAY_MS, "UTC")).toBe("20 Nov 2026, 13:02:31");
  });

  it.each([
    ["Asia/Kolkata", "GMT+5:30"],
    ["America/New_York", "GMT-5"],
  ])("%s is %s", (timeZone, text) => expect(formatOffset(AT_MS, timeZone)).toBe(text));
});
