import { expect, it } from "vitest";
import { groupsWithArrived, groupsWithoutDeleted, type RecentGroup } from "./recentGroups";
import type { Shot } from "./shots";

const shot = (id: string, employee: string, atMs: number): Shot => ({
  id,
  employee,
  atMs,
  file: "",
  thumb: "",
  isNearIdentical: false,
  size: undefined,
});
const groups: readonly RecentGroup[] = [
  { employee: "a", name: "Ada", shots: [shot("a2", "a", 2), shot("a1", "a", 1)] },
  { employee: "b", name: "Ben", shots: [shot("b1", "b", 1)] },
];
const ids = (some: readonly RecentGroup[]) => some.map(({ name, shots }) => [name, ...shots.map(({ id }) => id)]);

it("a new picture joins its person's group, and the oldest leaves", () => {
  expect(ids(groupsWithArrived(groups, [shot("a3", "a", 3)], 2, String))).toEqual([
    ["Ada", "a3", "a2"],
    ["Ben", "b1"],
  ]);
});

it("somebody's first picture makes a group", () => {
  const arrived = [shot("c2", "c", 2), shot("c1", "c", 1)];
  expect(ids(groupsWithArrived(groups, arrived, 2, () => "Cleo")).at(-1)).toEqual(["Cleo", "c2", "c1"]);
});

it("what was deleted is gone, with its group if nothing else is in it", () => {
  expect(ids(groupsWithoutDeleted(groups, "b1"))).toEqual([["Ada", "a2", "a1"]]);
});
