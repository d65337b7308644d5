import { describe, expect, it } from "vitest";
import { pieceAt, type StripSegment, stepTo, stripPath } from "./stripPieces";

const DAY = { fromMs: 1_000, toMs: 2_000 };
const segments: readonly StripSegment[] = [
  { kind: "active", fromMs: 1_100, toMs: 1_200 },
  { kind: "idle", fromMs: 1_200, toMs: 1_201 },
  { kind: "meeting", fromMs: 1_400, toMs: 1_500 },
];

describe("what is drawn", () => {
  it("has the edges of the segments, to the millisecond", () => {
    expect(stripPath("active", segments, DAY)).toBe("M100 0h100V100h-100z");
    expect(stripPath("idle", segments, DAY)).toBe("M200 58h1V100h-1z");
    expect(stripPath("break", segments, DAY)).toBe("");
  });

  it("ends where the day does", () => {
    const overMidnight: StripSegment[] = [
      { kind: "active", fromMs: 0, toMs: 1_050 },
      { kind: "active", fromMs: 1_900, toMs: 5_000 },
      { kind: "active", fromMs: 2_000, toMs: 5_000 },
    ];
    expect(stripPath("active", overMidnight, DAY)).toBe("M0 0h50V100h-50zM900 0h100V100h-100z");
  });
});

describe("what is pointed at", () => {
  const at = (atMs: number, reachMs = 0) => {
    const { kind, fromMs, toMs } = pieceAt(segments, DAY, atMs, reachMs);
    return [kind, fromMs, toMs];
  };

  it.each([
    ["the first moment of a segment", 1_100, ["active", 1_100, 1_200]],
    ["its last", 1_199, ["active", 1_100, 1_200]],
    ["the border, which belongs to what follows", 1_200, ["idle", 1_200, 1_201]],
    ["before everything", 1_050, ["none", 1_000, 1_100]],
    ["between two", 1_300, ["none", 1_201, 1_400]],
    ["after everything", 1_999, ["none", 1_500, 2_000]],
  ])("%s", (_, atMs, expected) => expect(at(atMs)).toEqual(expected));

  it("is a sliver within reach, but never instead of what is hit", () => {
    expect(at(1_204, 5)).toEqual(["idle", 1_200, 1_201]);
    expect(at(1_398, 5)).toEqual(["meeting", 1_400, 1_500]);
    expect(at(1_198, 5)).toEqual(["active", 1_100, 1_200]);
    expect(at(1_300, 5)).toEqual(["none", 1_201, 1_400]);
  });

  it("is the whole day where nothing was recorded", () => {
    expect(pieceAt([], DAY, 1_500, 5)).toEqual({ at: undefined, kind: "none", ...DAY });
  });
});

it.each([
  ["ArrowRight", undefined, 0],
  ["ArrowLeft", undefined, 2],
  ["ArrowRight", 2, 2],
  ["ArrowLeft", 0, 0],
  ["ArrowUp", 0, 1],
  ["Home", 2, 0],
  ["End", 0, 2],
  ["a", 1, undefined],
])("%s from %s leads to %s", (key, from, to) => expect(stepTo(key, from, 3)).toBe(to));

it("steps nowhere where nothing is", () => expect(stepTo("End", undefined, 0)).toBeUndefined());
