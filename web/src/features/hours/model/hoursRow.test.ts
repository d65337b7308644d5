import { describe, expect, it } from "vitest";
import type { WorkSummaryRow } from "@/api/types";
import { inOrder, lengthsOf, segmentsByEmployee, totalOf } from "./hoursRow";

const row = (employeeId: string, more: Partial<WorkSummaryRow> = {}): WorkSummaryRow => ({
  employeeId,
  name: employeeId,
  date: "2026-11-20",
  activeSeconds: 0,
  idleSeconds: 0,
  breakSeconds: 0,
  meetingSeconds: 0,
  netSeconds: 0,
  activeMs: 0,
  idleMs: 0,
  netMs: 0,
  netHours: 0,
  firstLogin: null,
  lastLogout: null,
  running: false,
  sessions: 0,
  ...more,
});

it("seconds of the hub are exact milliseconds", () => {
  expect(lengthsOf(row("a", { breakSeconds: 3599.999, meetingSeconds: 0.001 }))).toMatchObject({
    breakMs: 3_599_999,
    meetingMs: 1,
  });
});

it("totals are sums, and count whoever worked", () => {
  const worked = row("a", { activeMs: 10, idleMs: 3, breakSeconds: 0.002, netMs: 5, sessions: 2, running: true });
  const corrected = row("b", { activeMs: 7, netMs: 7 });
  expect(totalOf([worked, corrected, row("c")])).toEqual({
    people: 2,
    running: 1,
    sessions: 2,
    activeMs: 17,
    idleMs: 3,
    breakMs: 2,
    meetingMs: 0,
    netMs: 12,
  });
});

describe("order", () => {
  const rows = [
    row("b", { name: "ben", netMs: 5, firstLogin: 30, lastLogout: 60 }),
    row("c", { name: "Cleo", netMs: 9 }),
    row("a", { name: "Ada", netMs: 5, firstLogin: 40, running: true }),
  ];
  const ids = (...order: Parameters<typeof inOrder> extends [unknown, ...infer Rest] ? Rest : never) =>
    inOrder(rows, ...order).map(({ employeeId }) => employeeId);

  it("is by name, whatever the capitals", () => {
    expect(ids("name", false)).toEqual(["a", "b", "c"]);
    expect(ids("name", true)).toEqual(["c", "b", "a"]);
  });

  it("is by a figure, then by name", () => {
    expect(ids("net", false)).toEqual(["a", "b", "c"]);
    expect(ids("net", true)).toEqual(["c", "a", "b"]);
  });

  it("leaves whoever never came at the end, and takes who is still here for the last to leave", () => {
    expect(ids("first", false)).toEqual(["b", "a", "c"]);
    expect(ids("first", true)).toEqual(["a", "b", "c"]);
    expect(ids("last", true)).toEqual(["a", "b", "c"]);
  });
});

it("segments are those of whom they are, in order", () => {
  const of = (employeeId: string, from: number) => ({ employeeId, kind: "idle" as const, from, to: from + 1 });
  const byEmployee = segmentsByEmployee([of("a", 1), of("b", 2), of("a", 3)]);
  expect(byEmployee.get("a")?.map(({ fromMs }) => fromMs)).toEqual([1, 3]);
  expect(byEmployee.get("b")).toEqual([{ kind: "idle", fromMs: 2, toMs: 3 }]);
});
