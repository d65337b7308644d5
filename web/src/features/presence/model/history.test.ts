import { expect, it } from "vitest";
import { historyLines } from "./history";

const NOW = { active: 4, idle: 1, break: 2, meeting: 1, class: 0, offline: 3, unstable: 1 };

it("ends with what the board counts now, on one scale", () => {
  const points = [
    { at: 0, active: 0, idle: 0, offline: 9 },
    { at: 1, active: 5, idle: 2, offline: 2 },
  ];
  expect(historyLines({ stepMs: 1, from: 0, points }, NOW)).toEqual({
    unknown: 0,
    lines: { active: [0, 5, 4], idle: [0, 2, 4], offline: [9, 2, 3] },
    top: 9,
  });
});

it("begins when the first people were there", () => {
  const points = [0, 0, 7].map((offline, at) => ({ at, active: 0, idle: 0, offline }));
  const { unknown, lines } = historyLines({ stepMs: 1, from: 0, points }, NOW);
  expect(unknown).toBe(2);
  expect(lines.offline).toEqual([7, 3]);
});

it("has a scale where nobody is", () => {
  const nobody = { active: 0, idle: 0, break: 0, meeting: 0, class: 0, offline: 0, unstable: 0 };
  expect(historyLines({ stepMs: 1, from: 0, points: [] }, nobody).top).toBe(1);
});
