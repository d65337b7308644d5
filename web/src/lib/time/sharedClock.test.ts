import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { SharedClock } from "./sharedClock";

beforeEach(() => {
  vi.useFakeTimers({ now: 10_400 });
});
afterEach(() => {
  vi.useRealTimers();
});

it("ticks on the whole second, once for all listeners", () => {
  const clock = new SharedClock();
  const seen: number[] = [];
  clock.subscribe(() => seen.push(clock.secondMs()));
  const stop = clock.subscribe(() => seen.push(-clock.secondMs()));
  vi.advanceTimersByTime(599);
  expect(seen).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(seen).toEqual([11_000, -11_000]);
  stop();
  vi.advanceTimersByTime(1000);
  expect(seen).toEqual([11_000, -11_000, 12_000]);
});

it("follows the hub's clock, not the machine's", () => {
  const clock = new SharedClock();
  clock.subscribe(() => {});
  clock.followHub(3_600_900);
  expect(clock.nowMs()).toBe(3_600_900);
  vi.advanceTimersByTime(100);
  expect(clock.secondMs()).toBe(3_601_000);
});

it("leaves no timer behind", () => {
  const clock = new SharedClock();
  clock.subscribe(() => {})();
  expect(vi.getTimerCount()).toBe(0);
});
