import { describe, expect, it } from "vitest";
import { layOutWall, type WallFilter } from "./wallLayout";
import type { WallPerson } from "./wallPerson";

const NOBODY: ReadonlySet<string> = new Set();
const ALL: WallFilter = { team: undefined, statuses: [], textKey: "", order: "name", showsOffline: false };

function person(employee: string, more: Partial<WallPerson> = {}): WallPerson {
  return {
    employee,
    name: employee,
    nameKey: employee,
    team: undefined,
    status: "active",
    sinceMs: 0,
    tracks: [1],
    absence: "Signed out",
    ...more,
  };
}

const PEOPLE = [
  person("dora", { status: "offline", tracks: [] }),
  person("cleo", { status: "idle", sinceMs: 500 }),
  person("ben", { team: "blue", status: "idle", sinceMs: 200 }),
  person("ann", { team: "blue", tracks: [1, 256] }),
];

const lay = (filter: Partial<WallFilter>, kept = NOBODY) => layOutWall(PEOPLE, { ...ALL, ...filter }, kept);

describe("who is on the wall", () => {
  it("is whoever is here, by name, and it says how many are not", () => {
    expect(lay({})).toMatchObject({ people: ["ann", "ben", "cleo"], hiddenOffline: 1 });
  });

  it.each<[string, Partial<WallFilter>, string[]]>([
    ["a team", { team: "blue" }, ["ann", "ben"]],
    ["a status", { statuses: ["idle"] }, ["ben", "cleo"]],
    ["offline people, when asked for", { statuses: ["offline"] }, ["dora"]],
    ["a name, absent people too", { textKey: "o" }, ["cleo", "dora"]],
    ["everybody, offline ones last", { showsOffline: true }, ["ann", "ben", "cleo", "dora"]],
  ])("follows the filter: %s", (_, filter, people) => {
    expect(lay(filter).people).toEqual(people);
  });

  it("keeps the place of somebody who has just gone offline", () => {
    const people = [person("ann"), person("ben", { status: "offline", tracks: [] }), person("cleo")];
    expect(layOutWall(people, ALL, new Set(["ben"])).people).toEqual(["ann", "ben", "cleo"]);
    expect(layOutWall(people, ALL, NOBODY).people).toEqual(["ann", "cleo"]);
  });
});

it.each([
  ["idle", ["ben", "cleo", "ann", "dora"]],
  ["status", ["ann", "ben", "cleo", "dora"]],
] as const)("orders by %s", (order, people) => {
  expect(lay({ order, showsOffline: true }).people).toEqual(people);
});

it("gives each display a tile, and one tile to whoever has none", () => {
  expect(lay({ textKey: "ann" }).tiles).toEqual([
    { key: "ann 1", employee: "ann", track: 1, ordinal: 1, displays: 2 },
    { key: "ann 2", employee: "ann", track: 256, ordinal: 2, displays: 2 },
  ]);
  expect(lay({ textKey: "dora" }).tiles).toEqual([
    { key: "dora 1", employee: "dora", track: undefined, ordinal: 1, displays: 0 },
  ]);
});
