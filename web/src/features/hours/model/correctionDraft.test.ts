import { expect, it } from "vitest";
import { correctionProblem } from "./correctionDraft";

const DAY_MS = 24 * 3_600_000;

it.each([
  [undefined, 5, undefined],
  [5, 5, "It ends before it begins."],
  [0, DAY_MS, undefined],
  [0, DAY_MS + 1, "A correction covers at most a day."],
])("from %s to %s: %s", (from, to, problem) => expect(correctionProblem({ from, to })).toBe(problem));
