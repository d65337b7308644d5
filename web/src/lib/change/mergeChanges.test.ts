import { expect, it } from "vitest";
import { mergeChanges } from "./mergeChanges";

const KEYS = ["a", "b", "c", "d", "e"] as const;
const BEFORE = { a: 1, b: 1, c: 1, d: [1], e: null };

it("says who changed what, and what both did", () => {
  const theirs = { ...BEFORE, b: 2, c: 2, d: [1, 2] };
  const mine = { ...BEFORE, a: 3, c: 3, d: [1, 2] };
  expect(mergeChanges(KEYS, BEFORE, theirs, mine).map(({ key, by }) => [key, by])).toEqual([
    ["a", "me"],
    ["b", "them"],
    ["c", "both"],
    // Both the same: nothing to choose.
    ["d", "them"],
  ]);
});

it("is empty where nobody changed anything, however the values are held", () => {
  expect(mergeChanges(KEYS, BEFORE, { ...BEFORE, d: [1] }, { ...BEFORE, e: undefined })).toEqual([]);
});
