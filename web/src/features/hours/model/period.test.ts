import { describe, expect, it } from "vitest";
import { type HoursSearch, openOf, parseHoursSearch, sortedBy, toggledOpen } from "./hoursSearch";
import { asKind, datesOf, type Period, periodOf, spanOf, stepped } from "./period";

const TODAY = "2026-11-20";
const WEEK: Period = { kind: "week", from: "2026-11-16", to: "2026-11-22" };

describe("the address", () => {
  it.each<[Record<string, unknown>, HoursSearch]>([
    [{}, {}],
    [{ period: "day", date: "2026-11-20" }, { date: "2026-11-20" }],
    [{ period: "week", date: "2026-02-30", from: "2026-01-01" }, { period: "week" }],
    [
      { period: "range", from: "2026-11-01", to: "2026-11-20", date: "2026-11-05" },
      {
        period: "range",
        from: "2026-11-01",
        to: "2026-11-20",
      },
    ],
    [
      { period: "year", sort: "name", q: 2607, down: 1, team: "" },
      { q: "2607", down: true },
    ],
    [
      { sort: "net", open: "a,b,a,<c>" },
      { sort: "net", open: "a,b" },
    ],
    [{ open: 2607 }, { open: "2607" }],
  ])("%j", (search, expected) => expect(parseHoursSearch(search)).toEqual(expected));

  it("opens and closes people", () => {
    expect(toggledOpen({ open: "a" }, "b")).toBe("a,b");
    expect(toggledOpen({ open: "a" }, "a")).toBeUndefined();
    const many = Array.from({ length: 20 }, (_, index) => `p${index}`).join(",");
    expect(openOf({ open: toggledOpen({ open: many }, "new") }).slice(-1)).toEqual(["new"]);
    expect(openOf({ open: toggledOpen({ open: many }, "new") })).toHaveLength(20);
  });

  it("sorts by a column, and the other way round on the second click", () => {
    expect(sortedBy({}, "net")).toEqual({ sort: "net" });
    expect(sortedBy({ sort: "net" }, "net")).toEqual({ sort: "net", down: true });
    expect(sortedBy({ sort: "net", down: true }, "net")).toEqual({ sort: "net" });
    expect(sortedBy({ sort: "net", down: true }, "name")).toEqual({});
    expect(sortedBy({}, "name")).toEqual({ down: true });
  });
});

describe("the period", () => {
  it.each<[HoursSearch, Period]>([
    [{}, { kind: "day", from: TODAY, to: TODAY }],
    [{ date: "2026-11-01" }, { kind: "day", from: "2026-11-01", to: "2026-11-01" }],
    [{ period: "week" }, WEEK],
    [{ period: "week", date: "2026-11-22" }, WEEK],
    [{ period: "range" }, { kind: "range", from: "2026-11-14", to: TODAY }],
    [
      { period: "range", from: "2026-11-18" },
      { kind: "range", from: "2026-11-18", to: TODAY },
    ],
    [
      { period: "range", from: "2026-11-18", to: "2026-11-02" },
      { kind: "range", from: "2026-11-02", to: "2026-11-18" },
    ],
    [
      { period: "range", from: "2020-01-01", to: "2026-01-01" },
      { kind: "range", from: "2020-01-01", to: "2020-12-31" },
    ],
  ])("%j is %j", (search, period) => expect(periodOf(search, TODAY)).toEqual(period));

  it("steps by its own length, and forgets the day when it is today's", () => {
    expect(stepped({ kind: "day", from: TODAY, to: TODAY }, -1, TODAY)).toEqual({ date: "2026-11-19" });
    expect(stepped({ kind: "day", from: "2026-11-19", to: "2026-11-19" }, 1, TODAY)).toEqual({ date: undefined });
    expect(stepped(WEEK, 1, TODAY)).toEqual({ date: "2026-11-23" });
    expect(stepped({ kind: "week", from: "2026-11-09", to: "2026-11-15" }, 1, TODAY)).toEqual({ date: undefined });
    const range: Period = { kind: "range", from: "2026-11-01", to: "2026-11-03" };
    expect(stepped(range, -1, TODAY)).toEqual({ from: "2026-10-29", to: "2026-10-31" });
  });

  it("becomes another kind around the same days", () => {
    expect(asKind(WEEK, "day", TODAY)).toEqual({});
    expect(asKind({ ...WEEK, from: "2026-11-09", to: "2026-11-15" }, "day", TODAY)).toEqual({ date: "2026-11-09" });
    expect(asKind(WEEK, "range", TODAY)).toEqual({ period: "range", from: WEEK.from, to: WEEK.to });
  });

  it("has days of the zone: a week in which the clocks change is an hour longer", () => {
    const week: Period = { kind: "week", from: "2026-10-19", to: "2026-10-25" };
    const { fromMs, toMs } = spanOf(week, "Europe/Berlin");
    expect((toMs - fromMs) / 3_600_000).toBe(7 * 24 + 1);
    expect(datesOf(week)).toHaveLength(7);
  });
});
