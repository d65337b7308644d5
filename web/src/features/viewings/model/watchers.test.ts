import { expect, it } from "vitest";
import { gatherWatchers, trackWords, whoIsWatching } from "./watchers";

const meera = { name: "Meera", since: 40, track: 1 };
const tom = { name: "Tom", since: 20, track: 0 };

it("is one person per name, with all that they watch, the longest first", () => {
  expect(gatherWatchers([meera, { ...meera, since: 30, track: 0 }, tom, meera])).toEqual([
    { name: "Tom", sinceMs: 20, tracks: [0] },
    { name: "Meera", sinceMs: 30, tracks: [0, 1] },
  ]);
});

it.each([
  [[], "Nobody is"],
  [["Meera"], "Meera is"],
  [["Meera", "Tom"], "Meera and Tom are"],
  [["Meera", "Tom", "Ada"], "Meera and 2 others are"],
])("%j: %s", (names, words) => {
  expect(whoIsWatching(names.map((name) => ({ name, sinceMs: 0, tracks: [0] })))).toBe(words);
});

it.each([
  [0, "screen 1"],
  [7, "screen 8"],
  [256, "screen 1 of device 2"],
  [513, "screen 2 of device 3"],
])("track %i is %s", (track, words) => expect(trackWords(track)).toBe(words));
