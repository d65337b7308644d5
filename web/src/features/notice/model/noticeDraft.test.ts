import { expect, it } from "vitest";
import { hasBlanks, noticeDraft } from "./noticeDraft";

it("names the organization, and is not ready to publish as it is", () => {
  expect(noticeDraft("Northwind")).toMatch(/^What Northwind records/);
  expect(hasBlanks(noticeDraft("Northwind"))).toBe(true);
});

it("is ready once every bracket is filled in", () => {
  expect(hasBlanks("We record hours, for payroll. Ask Mia.")).toBe(false);
  expect(hasBlanks("Ask [name].")).toBe(true);
});
