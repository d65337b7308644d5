import { act, renderHook } from "@testing-library/react";
import { expect, it } from "vitest";
import { useVersionedDraft } from "./useVersionedDraft";

const at = (version: number, minutes: number) => ({ settings: { minutes, blur: "none" }, version });

it("follows the hub until something is typed", () => {
  const { result, rerender } = renderHook(useVersionedDraft, { initialProps: at(1, 10) });
  rerender(at(2, 12));
  expect(result.current.draft.minutes).toBe(12);
  expect([result.current.isChanged, result.current.isOutdated]).toEqual([false, false]);
});

it("keeps what was typed when somebody else saves, and says so", () => {
  const { result, rerender } = renderHook(useVersionedDraft, { initialProps: at(1, 10) });
  act(() => result.current.change({ minutes: 5 }));
  rerender(at(2, 12));
  expect(result.current.draft).toEqual({ minutes: 5, blur: "none" });
  expect(result.current.base.version).toBe(1);
  expect(result.current.isOutdated).toBe(true);
});

it("begins again from what the hub has, or has just answered", () => {
  const { result, rerender } = renderHook(useVersionedDraft, { initialProps: at(1, 10) });
  act(() => result.current.change({ minutes: 5 }));
  act(() => result.current.restart());
  expect([result.current.draft.minutes, result.current.isChanged]).toEqual([10, false]);
  act(() => result.current.change({ minutes: 5 }));
  act(() => result.current.restart(at(2, 5)));
  // The list is still the old one.
  rerender(at(1, 10));
  expect(result.current.draft.minutes).toBe(5);
  rerender(at(2, 5));
  expect([result.current.draft.minutes, result.current.isChanged, result.current.base.version]).toEqual([5, false, 2]);
});
