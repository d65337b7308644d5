import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Acknowledger } from "./acknowledger";

let said: [messageId: number, paintedAtMs: number][];
let acknowledger: Acknowledger;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000 });
  said = [];
  acknowledger = new Acknowledger(
    (...ack) => said.push(ack),
    () => Date.now(),
  );
});
afterEach(() => {
  vi.useRealTimers();
});

it("says the newest within 50 ms of painting, with the moment of painting", () => {
  const first = acknowledger.received(1);
  const second = acknowledger.received(2);
  first();
  vi.advanceTimersByTime(20);
  second();
  vi.advanceTimersByTime(29);
  expect(said).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(said).toEqual([[2, 1_020]]);
});

it("says so at once after eight messages, and not again by the clock", () => {
  const dones = Array.from({ length: 9 }, (_, at) => acknowledger.received(at + 1));
  for (const done of dones.slice(0, 8)) done();
  expect(said).toEqual([[8, 1_000]]);
  vi.advanceTimersByTime(1_000);
  expect(said).toHaveLength(1);
  dones[8]?.();
  vi.advanceTimersByTime(50);
  expect(said.at(-1)?.[0]).toBe(9);
});

it("keeps the order: what overtakes waits for what is before it", () => {
  const first = acknowledger.received(1);
  const second = acknowledger.received(2);
  second();
  vi.advanceTimersByTime(1_000);
  expect(said).toEqual([]);
  first();
  vi.advanceTimersByTime(50);
  expect(said).toEqual([[2, 2_000]]);
});

it("does not count one message twice", () => {
  const done = acknowledger.received(1);
  for (let call = 0; call < 8; call += 1) done();
  expect(said).toEqual([]);
  vi.advanceTimersByTime(50);
  expect(said).toHaveLength(1);
});

it("says nothing of a socket that is gone", () => {
  const painted = acknowledger.received(1);
  const decoding = acknowledger.received(2);
  painted();
  acknowledger.reset();
  decoding();
  vi.advanceTimersByTime(1_000);
  expect(said).toEqual([]);
  const next = acknowledger.received(1);
  next();
  vi.advanceTimersByTime(50);
  expect(said).toHaveLength(1);
  expect(vi.getTimerCount()).toBe(0);
});
