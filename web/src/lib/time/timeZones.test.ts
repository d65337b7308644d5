import { expect, it } from "vitest";
import { timeZonesByRegion } from "./timeZones";

it("groups by region, and misses neither the device's zone nor UTC", () => {
  expect(timeZonesByRegion(["Europe/Rome", "Asia/Tokyo", "America/Argentina/Salta"], "Asia/Calcutta")).toEqual([
    ["America", ["America/Argentina/Salta"]],
    ["Asia", ["Asia/Calcutta", "Asia/Tokyo"]],
    ["Europe", ["Europe/Rome"]],
    ["Other", ["UTC"]],
  ]);
});
