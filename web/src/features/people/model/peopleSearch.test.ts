import { expect, it } from "vitest";
import { isFiltered, parsePeopleSearch, peopleParameters } from "./peopleSearch";

it.each([
  [{}, {}],
  [
    { q: 2607, role: "manager" },
    { q: "2607", role: "manager" },
  ],
  [{ q: "", role: "boss", state: "gone", team: 5, show: "ghosts" }, {}],
  [{ show: "invitations" }, { show: "invitations" }],
  [
    { state: "closed", team: "t1" },
    { state: "closed", team: "t1" },
  ],
])("%j", (search, parsed) => expect(parsePeopleSearch(search)).toEqual(parsed));

it("asks for open accounts unless told otherwise", () => {
  expect(peopleParameters({}).active).toBe(true);
  expect(peopleParameters({ state: "closed" }).active).toBe(false);
  expect(peopleParameters({ state: "all" }).active).toBeUndefined();
  expect(peopleParameters({ q: " ann " }).search).toBe("ann");
});

it("knows whether anything is narrowed", () => {
  expect(isFiltered({ show: "invitations" })).toBe(false);
  expect(isFiltered({ state: "all" })).toBe(true);
});
