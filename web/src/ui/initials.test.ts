import { expect, it } from "vitest";
import { initials } from "./initials";

it.each([
  ["Mia Wong", "MW"],
  ["  anna maria  von berg ", "AB"],
  ["Cher", "C"],
  ["Émile 🦊 Zola", "ÉZ"],
  ["李 小龙", "李小"],
  ["", "?"],
])("%s: %s", (name, letters) => expect(initials(name)).toBe(letters));
