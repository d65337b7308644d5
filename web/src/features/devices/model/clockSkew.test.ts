import { expect, it } from "vitest";
import { clockSkewWords, isSkewNotable } from "./clockSkew";

it.each([
  [0, "on time"],
  [-1_999, "on time"],
  [12_000, "12 s ahead"],
  [-180_000, "3 min behind"],
  [7_200_000, "2 h ahead"],
])("%i ms is %s", (skewMs, words) => expect(clockSkewWords(skewMs)).toBe(words));

it("is worth a look from a minute on, either way", () => {
  expect(isSkewNotable(59_999)).toBe(false);
  expect(isSkewNotable(-60_000)).toBe(true);
});
