import { expect, it } from "vitest";
import { daySpan } from "./calendar";
import { hourTicks } from "./hourTicks";

const hoursOf = (date: string, timeZone: string) =>
  hourTicks(daySpan(date, timeZone), timeZone).map(({ hour }) => hour);
const DAY = Array.from({ length: 24 }, (_, hour) => hour);

it.each([
  ["an ordinary day", "2026-11-20", "Europe/Berlin", DAY],
  ["a day on which two o'clock comes twice", "2026-10-25", "Europe/Berlin", [0, 1, 2, ...DAY.slice(2)]],
  ["a day on which two o'clock is missing", "2026-03-29", "Europe/Berlin", DAY.filter((hour) => hour !== 2)],
  ["an offset with a quarter of an hour", "2026-11-20", "Asia/Kathmandu", DAY],
  ["clocks that go back by half an hour", "2026-04-05", "Australia/Lord_Howe", DAY],
])("%s", (_, date, timeZone, hours) => expect(hoursOf(date, timeZone)).toEqual(hours));

it("are an hour apart, in real time", () => {
  const ticks = hourTicks(daySpan("2026-10-25", "Europe/Berlin"), "Europe/Berlin");
  const gaps = ticks.slice(1).map(({ atMs }, index) => atMs - (ticks[index]?.atMs ?? 0));
  expect(new Set(gaps)).toEqual(new Set([3_600_000]));
});
