import { expect, it } from "vitest";
import { skewWords } from "./skewWords";

it.each([
  [undefined, "–"],
  [null, "–"],
  [0, "Right"],
  [-1_999, "Right"],
  [12_400, "12 s ahead"],
  [-180_000, "3 min behind"],
])("%s: %s", (skewMs, words) => expect(skewWords(skewMs)).toBe(words));
