import { expect, it } from "vitest";
import { queryString } from "./queryString";

it.each([
  [{}, ""],
  [{ q: "", team: undefined }, ""],
  [{ q: "Mia W", active: false, limit: 100 }, "?q=Mia+W&active=false&limit=100"],
])("%j asks %s", (parameters, text) => expect(queryString(parameters)).toBe(text));
