import { expect, it } from "vitest";
import { BLOCK_PEOPLE, Blocks } from "./blocks";

const people = Array.from({ length: 2 * BLOCK_PEOPLE + 1 }, (_, index) => `p${index}`);

it("asks for the blocks of whoever is in sight, each once", () => {
  const blocks = new Blocks(people);
  expect(blocks.of(["p3", "p1"])).toEqual([people.slice(0, BLOCK_PEOPLE)]);
  expect(blocks.of([`p${2 * BLOCK_PEOPLE}`, "p0"])).toEqual([people.slice(0, BLOCK_PEOPLE), people.slice(-1)]);
  expect(blocks.of(["a stranger"])).toEqual([]);
});
