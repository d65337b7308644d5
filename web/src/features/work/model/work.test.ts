import { describe, expect, it } from "vitest";
import type { PresenceEntry, WorkSession, WorkSessionRow } from "@/api/types";
import { totalsAt } from "./workDay";
import { type WorkKind, workOfAnswer, workOfPresence } from "./workNow";

const START_MS = Date.UTC(2026, 10, 20, 8, 0, 0);

describe("what somebody does", () => {
  const entry: PresenceEntry = { employee: "a", name: "A", status: "active", reason: "input", since: START_MS };

  it.each<[string, Partial<PresenceEntry>, WorkKind]>([
    ["nothing without a session, whatever the presence", { status: "active" }, "out"],
    ["active", { working_since: START_MS }, "active"],
    ["idle", { working_since: START_MS, status: "idle" }, "idle"],
    ["on a break, idle or not", { working_since: START_MS, status: "active", overlay: "break" }, "break"],
    ["in a meeting without a key pressed", { working_since: START_MS, status: "idle", overlay: "meeting" }, "meeting"],
    ["in a class, which is a meeting", { working_since: START_MS, status: "idle", overlay: "class" }, "meeting"],
  ])("%s", (_, more, kind) => {
    expect(workOfPresence({ ...entry, ...more }).kind).toBe(kind);
  });

  it.each<[Partial<WorkSession>, WorkKind]>([
    [{ running: true, state: "active" }, "active"],
    [{ running: true, state: "break" }, "break"],
    [{ running: true, state: "a word of a later hub" }, "active"],
    [{ running: false, state: "ended" }, "out"],
  ])("is answered with %o", (answer, kind) => {
    expect(workOfAnswer({ start: START_MS, ...answer } as WorkSession).kind).toBe(kind);
  });
});

describe("the day's totals", () => {
  const done: WorkSessionRow = {
    id: "a-1",
    employeeId: "a",
    name: "Ann",
    date: "2026-11-18",
    start: START_MS,
    end: START_MS + 3_600_000,
    running: false,
    activeSeconds: 3600,
    activeMs: 3_600_000,
    netSeconds: 3000.25,
    netMs: 3_000_250,
    netHours: 0.83,
    idleSeconds: 500.5,
    idleMs: 500_500,
    breakSeconds: 99.25,
  };
  const running: WorkSessionRow = { ...done, id: "a-2", end: null, running: true, netSeconds: 10 };
  const askedAtMs = START_MS + 7_200_000;

  it("are the sums of the sessions, to the millisecond", () => {
    const totals = totalsAt({ sessions: [done, done], atMs: askedAtMs }, "out", askedAtMs + 60_000);
    expect(totals).toEqual({ netMs: 6_000_500, idleMs: 1_001_000, breakMs: 198_500 });
  });

  it.each<[WorkKind, number, number, number]>([
    ["active", 5000, 0, 0],
    ["meeting", 5000, 0, 0],
    ["idle", 0, 5000, 0],
    ["break", 0, 0, 5000],
    ["out", 0, 0, 0],
  ])("while %s, time runs into one of them", (kind, net, idle, onBreak) => {
    const day = { sessions: [running], atMs: askedAtMs };
    const before = totalsAt(day, kind, askedAtMs);
    const after = totalsAt(day, kind, askedAtMs + 5000);
    const grown = [after.netMs - before.netMs, after.idleMs - before.idleMs, after.breakMs - before.breakMs];
    expect(grown).toEqual([net, idle, onBreak]);
  });

  it("do not run before the hub knows of a running session, nor backwards", () => {
    expect(totalsAt({ sessions: [done], atMs: askedAtMs }, "active", askedAtMs + 5000).netMs).toBe(3_000_250);
    expect(totalsAt({ sessions: [running], atMs: askedAtMs }, "active", askedAtMs - 5000).netMs).toBe(10_000);
  });
});
