import { expect, it } from "vitest";
import { passwordHint } from "./passwordHint";

const PERSONAL = ["Mia Wong", "mia.wong@example.org", "Northwind"];

it.each([
  ["", 0],
  ["elevenchars", 0],
  ["aaaaaaaaaaaaaaaa", 1],
  ["abcdefghijklmnop", 1],
  ["123456789012", 1],
  ["miawongnorthwind", 1],
  ["xq7!vRk2#pLz", 2],
  ["correct horse battery staple", 3],
])("%s is %i", (password, strength) => expect(passwordHint(password, PERSONAL).strength).toBe(strength));

it("says how many characters are missing", () => {
  expect(passwordHint("ten-chars!", []).advice).toContain("2 more");
});
