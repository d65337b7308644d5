import { describe, expect, it } from "vitest";
import { daySpan } from "@/lib/time/calendar";
import { hourRows } from "./hourRows";
import { parseShotSearch, viewOf } from "./shotSearch";
import type { Shot } from "./shots";

const ZONE = "Europe/Berlin";
const shot = (instant: string): Shot => ({
  id: instant,
  employee: "INT2607",
  atMs: Date.parse(instant),
  file: "",
  thumb: "",
  isNearIdentical: false,
  size: undefined,
});

describe("a day by the hour", () => {
  it("goes from the first picture to the last, in blocks of ten minutes", () => {
    const shots = [shot("2026-11-20T10:59:59.999Z"), shot("2026-11-20T08:10:00Z"), shot("2026-11-20T08:09:59.999Z")];
    const rows = hourRows(shots, daySpan("2026-11-20", ZONE), ZONE);
    expect(rows.map(({ hour }) => hour)).toEqual([9, 10, 11]);
    expect(rows[0]?.blocks.map(({ shots: inBlock }) => inBlock.length)).toEqual([1, 1, 0, 0, 0, 0]);
    expect(rows[2]?.blocks.at(-1)?.shots).toHaveLength(1);
  });

  it("keeps the two hours of one name apart when the clocks go back", () => {
    const shots = [shot("2026-10-25T01:05:00Z"), shot("2026-10-25T00:05:00Z")];
    const rows = hourRows(shots, daySpan("2026-10-25", ZONE), ZONE);
    expect(rows.map(({ hour }) => hour)).toEqual([2, 2]);
    expect(rows.map(({ blocks }) => blocks[0]?.shots.length)).toEqual([1, 1]);
  });

  it("is nothing without pictures of that day", () => {
    expect(hourRows([shot("2026-11-21T10:00:00Z")], daySpan("2026-11-20", ZONE), ZONE)).toEqual([]);
  });
});

describe("the address", () => {
  it.each([
    [{}, {}, "grid"],
    [{ employee: 2607, date: "2026-11-20", view: "list" }, { employee: "2607", date: "2026-11-20" }, "hours"],
    [{ employee: "a b", view: "hours", same: "hidden" }, { view: "hours", same: "hidden" }, "hours"],
    [
      { open: "0190a0f0-0000-7000-8000-000000000001", team: "" },
      { open: "0190a0f0-0000-7000-8000-000000000001" },
      "grid",
    ],
    [{ open: "../etc" }, {}, "grid"],
  ])("%j is %j, a %s", (search, expected, view) => {
    expect(parseShotSearch(search)).toEqual(expected);
    expect(viewOf(parseShotSearch(search))).toBe(view);
  });
});
