import { expect, it } from "vitest";
import type { Team } from "@/api/types";
import { parseTeamSearch, teamsWith } from "./teamSearch";

it.each([
  [{}, {}],
  [{ q: 26 }, { q: "26" }],
  [{ q: "" }, {}],
])("%j", (search, parsed) => expect(parseTeamSearch(search)).toEqual(parsed));

it("narrows by a part of the name, whatever its case", () => {
  const teams = [{ name: "Support" }, { name: "Sales" }] as Team[];
  expect(teamsWith(teams, " sAL ").map(({ name }) => name)).toEqual(["Sales"]);
  expect(teamsWith(teams, "  ")).toHaveLength(2);
});
