import { act, cleanup, render, screen } from "@testing-library/react";
import { Profiler } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { PresenceEntry } from "@/api/types";
import { PresenceContextProvider } from "../hooks/presenceContext";
import { MassDropStore } from "../model/massDropStore";
import { PresenceStore } from "../model/presenceStore";
import { PersonCard } from "./PersonCard";

const NOW_MS = Date.UTC(2026, 10, 20, 9, 0, 0);

const atOnce = (flush: () => void) => flush();

function person(employee: string, more: Partial<PresenceEntry> = {}): PresenceEntry {
  return { employee, name: `Name of ${employee}`, status: "active", reason: "input", since: NOW_MS - 61_000, ...more };
}

function show(store: PresenceStore, lostAtMs?: number) {
  const commits = { a: 0, b: 0 };
  render(
    <PresenceContextProvider value={{ store, massDrops: new MassDropStore(), lostAtMs, timeZone: "Europe/Berlin" }}>
      {(["a", "b"] as const).map((employee) => (
        <Profiler
          key={employee}
          id={employee}
          onRender={() => {
            commits[employee] += 1;
          }}
        >
          <PersonCard employee={employee} />
        </Profiler>
      ))}
    </PresenceContextProvider>,
  );
  return commits;
}

let store: PresenceStore;
const card = (employee: string) => screen.getByRole("article", { name: `Name of ${employee}` });

beforeEach(() => {
  vi.useFakeTimers({ now: NOW_MS });
  store = new PresenceStore(atOnce);
  store.take({ type: "presence_state", epoch: 1, seq: 0, entries: [person("a"), person("b")] });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

it("a change draws its own card and no other", () => {
  const commits = show(store);
  const before = { ...commits };
  act(() => {
    store.take({ type: "presence_diff", epoch: 1, seq: 1, changed: [person("b", { status: "idle" })], gone: [] });
  });
  expect(card("b").textContent).toContain("Idle");
  expect([commits.a - before.a, commits.b - before.b]).toEqual([0, 1]);
});

it("runs the timers of its status and of the work session on the shared clock", () => {
  store.take({
    type: "presence_diff",
    epoch: 1,
    seq: 1,
    changed: [person("a", { status: "idle", working_since: NOW_MS - 3_600_000 })],
    gone: [],
  });
  show(store);
  expect(card("a").textContent).toContain("Idle for1:01");
  expect(card("a").textContent).toContain("Working for1:00:00");
  expect(card("a").textContent).toContain("Last input 09:58");
  act(() => vi.advanceTimersByTime(2_000));
  expect(card("a").textContent).toContain("Idle for1:03");
  expect(card("a").textContent).toContain("Working for1:00:02");
});

it("says of somebody who is active that they are on a break", () => {
  show(store);
  act(() => {
    const onBreak = person("a", { overlay: "break", working_since: NOW_MS - 3_600_000 });
    store.take({ type: "presence_diff", epoch: 1, seq: 1, changed: [onBreak], gone: [] });
  });
  expect(card("a").textContent).toContain("Active");
  expect(card("a").textContent).toContain("On a break");
});

it("claims nothing while the hub is not heard", () => {
  store.take({
    type: "presence_diff",
    epoch: 1,
    seq: 1,
    changed: [person("a", { last_seen: NOW_MS - 180_000 })],
    gone: [],
  });
  show(store, NOW_MS);
  expect(card("a").textContent).toContain("Unknown");
  expect(card("a").textContent).toContain("Was active");
  expect(card("a").textContent).toContain("Last seen 3 min ago");
});

it("does not count the time since the last push as absence", () => {
  store.take({
    type: "presence_diff",
    epoch: 1,
    seq: 1,
    changed: [person("a", { last_seen: NOW_MS - 180_000 })],
    gone: [],
  });
  show(store);
  expect(card("a").textContent).not.toContain("ago");
});

it("leaves with its person", () => {
  show(store);
  act(() => {
    store.take({ type: "presence_diff", epoch: 1, seq: 1, changed: [], gone: ["a"] });
  });
  expect(screen.queryAllByRole("article")).toHaveLength(1);
});
