import { expect, it } from "vitest";
import { profileChange, profileOf, profileWord, shortened } from "./parts";

const SETTINGS = {
  name: "Northwind",
  timeZone: "Europe/Berlin",
  workingHours: { start: "09:00", end: "18:00", days: [1, 2, 3, 4, 5] },
  defaults: { captureIntervalMinutes: 10 },
  retention: { screenshotsDays: 90, workDays: 400, auditDays: 400 },
  version: 3,
};

it("is the same before and after the form", () => {
  const { name, timeZone, workingHours } = SETTINGS;
  expect(profileChange(profileOf(SETTINGS))).toEqual({ name, timeZone, workingHours });
});

it.each([
  ["days", [5, 1], "Mon, Fri"],
  ["days", [], "None"],
  ["timeZone", "America/New_York", "America/New York"],
] as const)("%s %j reads %s", (key, value, word) => expect(profileWord(key, value)).toBe(word));

it("knows what is kept for a shorter time", () => {
  expect(shortened(SETTINGS.retention, { screenshotsDays: 30, workDays: 400, auditDays: 500 })).toEqual([
    "screenshotsDays",
  ]);
});
