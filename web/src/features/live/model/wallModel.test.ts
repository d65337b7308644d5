import { describe, expect, it } from "vitest";
import { formatAge, formatCapturedAt } from "./frameAge";
import { columnsFor } from "./gridColumns";
import { moveOnGrid } from "./gridMove";
import { neighbour } from "./neighbours";
import { givenName } from "./wallPerson";
import { parseWallSearch, toggleStatuses } from "./wallSearch";
import { choose, isWatched, WATCH_EVERYONE } from "./watchChoice";

describe("the address", () => {
  it("keeps what makes sense", () => {
    const search = {
      grid: 3,
      team: "t",
      status: "idle,active",
      q: 2607,
      order: "idle",
      open: "INT2607:1",
      times: "shown",
    };
    expect(parseWallSearch(search)).toEqual({
      ...search,
      status: "active,idle",
      q: "2607",
      offline: undefined,
    });
  });

  it.each([
    { grid: 5 },
    { grid: "x" },
    { status: "asleep" },
    { q: "" },
    { order: "name" },
    { offline: true },
    { open: "INT2607" },
    { open: "a b:1" },
    { open: "a:1/../x" },
  ])("drops %o", (search) => {
    expect(Object.values(parseWallSearch(search)).filter((value) => value !== undefined)).toEqual([]);
  });

  it("adds and takes away a status", () => {
    expect(toggleStatuses(undefined, ["idle"])).toBe("idle");
    expect(toggleStatuses("idle", ["active"])).toBe("active,idle");
    expect(toggleStatuses("active,idle", ["active"])).toBe("idle");
    expect(toggleStatuses("class", ["meeting", "class"])).toBe("meeting,class");
    expect(toggleStatuses("meeting,class", ["meeting", "class"])).toBeUndefined();
  });
});

describe("whom one watches", () => {
  const ann = { employee: "ann", team: "blue" };
  const ben = { employee: "ben", team: "blue" };
  const cleo = { employee: "cleo", team: undefined };
  const members = [ann, ben, cleo];
  const who = (choice: typeof WATCH_EVERYONE) =>
    members.filter((member) => isWatched(choice, member)).map(({ employee }) => employee);

  it("is everyone, until somebody is stopped", () => {
    expect(who(WATCH_EVERYONE)).toEqual(["ann", "ben", "cleo"]);
    expect(who(choose(WATCH_EVERYONE, { kind: "person", employee: "ann" }, false, members))).toEqual(["ben", "cleo"]);
  });

  it("is one team, after everyone was stopped", () => {
    const nobody = choose(WATCH_EVERYONE, { kind: "everyone" }, false, members);
    expect(who(nobody)).toEqual([]);
    expect(who(choose(nobody, { kind: "team", team: "blue" }, true, members))).toEqual(["ann", "ben"]);
  });

  it("forgets what was said of people when their team is spoken of", () => {
    const withoutAnn = choose(WATCH_EVERYONE, { kind: "person", employee: "ann" }, false, members);
    expect(who(choose(withoutAnn, { kind: "team", team: "blue" }, true, members))).toEqual(["ann", "ben", "cleo"]);
    expect(who(choose(withoutAnn, { kind: "everyone" }, true, members))).toEqual(["ann", "ben", "cleo"]);
  });

  it("lets one person differ from their team", () => {
    const noTeam = choose(WATCH_EVERYONE, { kind: "team", team: "blue" }, false, members);
    expect(who(choose(noTeam, { kind: "person", employee: "ben" }, true, members))).toEqual(["ben", "cleo"]);
  });
});

describe("moving", () => {
  const shape = { count: 11, columns: 4, pageRows: 2 };
  // 0 1 2 3 / 4 5 6 7 / 8 9 10
  it.each([
    ["ArrowRight", 3, 4],
    ["ArrowRight", 10, 10],
    ["ArrowLeft", 4, 3],
    ["ArrowLeft", 0, 0],
    ["ArrowDown", 1, 5],
    ["ArrowDown", 7, 10],
    ["ArrowDown", 9, 9],
    ["ArrowUp", 9, 5],
    ["ArrowUp", 2, 2],
    ["PageDown", 1, 9],
    ["PageDown", 6, 10],
    ["PageUp", 9, 1],
    ["PageUp", 5, 1],
    ["Home", 6, 4],
    ["End", 5, 7],
    ["End", 8, 10],
  ])("%s from %i leads to %i", (key, from, to) => {
    expect(moveOnGrid(key, from, shape)).toBe(to);
  });

  it("leaves other keys alone", () => {
    expect(moveOnGrid("x", 3, shape)).toBeUndefined();
  });

  it.each([
    [375, undefined, 1],
    [375, 4, 2],
    [800, undefined, 2],
    [1_232, undefined, 3],
    [1_232, 4, 4],
    [3_840, undefined, 4],
  ] as const)("%i px with %s chosen are %i columns", (width, chosen, columns) => {
    expect(columnsFor(width, chosen)).toBe(columns);
  });

  it("goes from person to person, around the ends, past who shows nothing", () => {
    const tile = (employee: string, track: number | undefined, ordinal = 1) => ({
      key: `${employee} ${ordinal}`,
      employee,
      track,
      ordinal,
      displays: 1,
    });
    const tiles = [tile("ann", 1), tile("ann", 2, 2), tile("ben", undefined), tile("cleo", 7)];
    expect(neighbour(tiles, "ann", 1)).toEqual({ employee: "cleo", track: 7 });
    expect(neighbour(tiles, "cleo", 1)).toEqual({ employee: "ann", track: 1 });
    expect(neighbour(tiles, "ann", -1)).toEqual({ employee: "cleo", track: 7 });
    expect(neighbour(tiles, "gone", 1)).toEqual({ employee: "ann", track: 1 });
    expect(neighbour(tiles.slice(0, 2), "ann", 1)).toBeUndefined();
    expect(neighbour([], "ann", 1)).toBeUndefined();
  });
});

describe("words", () => {
  it.each([
    [0, "<1 s"],
    [-300, "<1 s"],
    [1_999, "1 s"],
    [59_999, "59 s"],
    [64_000, "1:04"],
  ])("an age of %i ms is %s", (ageMs, text) => {
    expect(formatAge(ageMs)).toBe(text);
  });

  it("says to the millisecond when a picture was captured, in the organization's zone", () => {
    expect(formatCapturedAt(Date.UTC(2026, 10, 20, 9, 2, 31, 7), "Europe/Berlin")).toBe("10:02:31.007");
  });

  it("calls people by their given name", () => {
    expect([givenName("Priya Sharma"), givenName(" Priya "), givenName("")]).toEqual(["Priya", "Priya", ""]);
  });
});
