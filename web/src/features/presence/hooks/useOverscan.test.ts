import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { useOverscan } from "./useOverscan";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const pass = (ms: number) => act(() => vi.advanceTimersByTime(ms));

it("draws nothing out of sight at first, then a line more at a time, and begins again with another filter", () => {
  const { result, rerender } = renderHook(useOverscan, { initialProps: { text: "m" } as object });
  const seen = [result.current];
  for (let step = 0; step < 6; step += 1) {
    pass(40);
    seen.push(result.current);
  }
  expect(seen).toEqual([0, 1, 2, 3, 4, 4, 4]);
  rerender({ text: "mi" });
  expect(result.current).toBe(0);
  pass(40);
  expect(result.current).toBe(1);
});
