import { expect, it } from "vitest";
import { nameIn } from "./fetchFile";

it.each([
  ['attachment; filename="viewings.csv"', "viewings.csv"],
  ['attachment; filename="../etc/passwd"', undefined],
  ["inline", undefined],
  [null, undefined],
])("%s: %s", (disposition, name) => expect(nameIn(disposition)).toBe(name));
