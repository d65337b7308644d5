import { describe, expect, it } from "vitest";
import { addDays, dateOf, datesBetween, daySpan, instantOfWall, isDate, mondayOf, wallTextOf } from "./calendar";

const HOUR_MS = 3_600_000;

describe("a day of a zone", () => {
  it.each([
    ["2026-11-20", "Europe/Berlin", "2026-11-19T23:00:00.000Z", 24],
    ["2026-03-29", "Europe/Berlin", "2026-03-28T23:00:00.000Z", 23],
    ["2026-10-25", "Europe/Berlin", "2026-10-24T22:00:00.000Z", 25],
    ["2026-09-06", "America/Santiago", "2026-09-06T04:00:00.000Z", 23],
    ["2026-11-20", "Pacific/Kiritimati", "2026-11-19T10:00:00.000Z", 24],
    ["2026-11-20", "Pacific/Pago_Pago", "2026-11-20T11:00:00.000Z", 24],
    ["2026-11-20", "Asia/Kathmandu", "2026-11-19T18:15:00.000Z", 24],
  ])("%s in %s begins at %s and has %i hours", (date, timeZone, from, hours) => {
    const span = daySpan(date, timeZone);
    expect(new Date(span.fromMs).toISOString()).toBe(from);
    expect((span.toMs - span.fromMs) / HOUR_MS).toBe(hours);
    expect(dateOf(span.fromMs, timeZone)).toBe(date);
    expect(dateOf(span.toMs - 1, timeZone)).toBe(date);
    expect(dateOf(span.toMs, timeZone)).toBe(addDays(date, 1));
  });
});

it("counts days over the ends of months and years", () => {
  expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
  expect(addDays("2028-03-01", -1)).toBe("2028-02-29");
  expect(datesBetween("2026-02-27", "2026-03-01")).toEqual(["2026-02-27", "2026-02-28", "2026-03-01"]);
  expect(datesBetween("2026-03-01", "2026-02-27")).toEqual([]);
});

it.each([
  ["2026-11-23", "2026-11-23"],
  ["2026-11-28", "2026-11-23"],
  ["2026-11-29", "2026-11-23"],
  ["2027-01-01", "2026-12-28"],
])("the week of %s begins on %s", (date, monday) => expect(mondayOf(date)).toBe(monday));

it.each([
  ["2026-11-20", true],
  ["2026-02-30", false],
  ["2026-1-2", false],
  [20261120, false],
  [undefined, false],
])("%s is a day: %s", (text, is) => expect(isDate(text)).toBe(is));

describe("a time that somebody typed", () => {
  it.each([
    ["2026-11-20T10:04:12", "2026-11-20T09:04:12.000Z", "an ordinary time"],
    ["2026-10-25T02:30", "2026-10-25T00:30:00.000Z", "the first of two"],
    ["2026-10-25T03:00", "2026-10-25T02:00:00.000Z", "after both"],
    ["2026-03-29T01:59:59", "2026-03-29T00:59:59.000Z", "before the jump"],
    ["2026-03-29T02:30", "2026-03-29T01:30:00.000Z", "one that is missing"],
  ])("%s in Berlin is %s: %s", (text, instant) => {
    expect(new Date(instantOfWall(text, "Europe/Berlin") ?? 0).toISOString()).toBe(instant);
  });

  it("is shown as it was typed", () => {
    const text = "2026-11-20T10:04:12";
    expect(wallTextOf(instantOfWall(text, "Asia/Kathmandu") ?? 0, "Asia/Kathmandu")).toBe(text);
  });

  it("may be none", () => expect(instantOfWall("", "UTC")).toBeUndefined());
});
