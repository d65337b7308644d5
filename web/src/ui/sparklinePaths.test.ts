import { expect, it } from "vitest";
import { sparklinePaths } from "./sparklinePaths";

it("goes from the left to the right edge, the top value at the top", () => {
  expect(sparklinePaths([0, 10, 5], 10, 20)).toEqual({
    line: "M0 20L50 0L100 10",
    area: "M0 20L50 0L100 10L100 20L0 20z",
  });
});

it("stays inside, whatever it is given", () => {
  expect(sparklinePaths([3, 99], 10, 20).line).toBe("M0 14L100 0");
  expect(sparklinePaths([0, 0], 0, 20).line).toBe("M0 20L100 20");
});

it("begins where something is known", () => {
  expect(sparklinePaths([10, 5], 10, 20, 3)).toEqual({ line: "M75 0L100 10", area: "M75 0L100 10L100 20L75 20z" });
});

it("is nothing for a single value", () => {
  expect(sparklinePaths([5], 10, 20)).toEqual({ line: "", area: "" });
});
