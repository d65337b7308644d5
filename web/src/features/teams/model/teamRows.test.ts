import { expect, it } from "vitest";
import type { Employee } from "@/api/types";
import { teamRows } from "./teamRows";

const TEAMS = [
  { id: "t1", name: "Support" },
  { id: "t2", name: "Sales" },
];
const MANAGERS = [
  { name: "Ann", managedTeams: ["t1"] },
  { name: "Tom", managedTeams: ["t1", "t2"] },
] as Employee[];

it("counts the people and names the managers of each team", () => {
  expect(teamRows(TEAMS, ["t1", null, undefined, "t1", "gone"], MANAGERS)).toEqual([
    { id: "t1", name: "Support", people: 2, managers: ["Ann", "Tom"] },
    { id: "t2", name: "Sales", people: 0, managers: ["Tom"] },
  ]);
});

it("narrows by a part of the name, whatever its case", () => {
  expect(teamRows(TEAMS, [], [], " sAL ").map(({ name }) => name)).toEqual(["Sales"]);
});
