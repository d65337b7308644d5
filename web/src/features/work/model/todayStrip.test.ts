import { expect, it } from "vitest";
import { grownStrip, stripOfRows } from "./todayStrip";

const MINUTE_MS = 60_000;
const DAY_MS = 1_795_000_000_000 - (1_795_000_000_000 % MINUTE_MS);
const WORK = { kind: "active" as const, fromMs: DAY_MS, toMs: DAY_MS + 5_000 };

it("is in order, and draws a kind that it does not know", () => {
  const rows = [
    { kind: "break", from: 20, to: 30 },
    { kind: "something new", from: 10, to: 20 },
  ];
  expect(stripOfRows(rows)).toEqual([
    { kind: "active", fromMs: 10, toMs: 20 },
    { kind: "break", fromMs: 20, toMs: 30 },
  ]);
});

it("grows while the person goes on with the same, by whole minutes", () => {
  const grown = grownStrip([WORK], "active", DAY_MS + 3 * MINUTE_MS + 59_000);
  expect(grown).toEqual([{ ...WORK, toMs: DAY_MS + 3 * MINUTE_MS }]);
});

it.each([
  ["the person punched out", "out", 3 * MINUTE_MS],
  ["something else began, which the hub tells of", "break", 3 * MINUTE_MS],
  ["no minute has passed", "active", 1_000],
] as const)("stays as it is when %s", (_, kind, passedMs) => {
  const strip = [WORK];
  expect(grownStrip(strip, kind, DAY_MS + passedMs)).toBe(strip);
});
