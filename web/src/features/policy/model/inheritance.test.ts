import { expect, it } from "vitest";
import type { PolicyLayer, PolicyScope } from "@/api/types";
import { holding, inherited, ORGANIZATION, ownLayer } from "./inheritance";
import { NOTHING_DECIDED, SETTINGS, valueWord } from "./settings";

const TEAM: PolicyScope = { team: "t1" };
const MIA: PolicyScope = { employee: "INT1" };

function layer(scope: PolicyScope, settings: object, version = 1): PolicyLayer {
  return { scope, settings: { ...NOTHING_DECIDED, ...settings }, version, changedAt: 0 };
}

const LAYERS = [
  layer(ORGANIZATION, { captureIntervalMinutes: 5, blur: "light" }),
  layer(TEAM, { blur: "strong", screenshots: false }, 3),
  layer(MIA, { captureIntervalMinutes: 2 }, 7),
];

it("takes the nearest layer that decides, and names it", () => {
  expect(holding(LAYERS, MIA, "captureIntervalMinutes")).toEqual({ value: 2, source: "employee" });
  expect(holding(LAYERS, MIA, "blur")).toEqual({ value: "strong", source: "team" });
  expect(holding(LAYERS, MIA, "liveView")).toEqual({ value: true, source: "hub" });
});

it("knows what would hold without the scope itself, also for a value of false", () => {
  expect(inherited(LAYERS, MIA, "captureIntervalMinutes")).toEqual({ value: 5, source: "organization" });
  expect(inherited(LAYERS, MIA, "screenshots")).toEqual({ value: false, source: "team" });
  expect(inherited(LAYERS.slice(0, 1), ORGANIZATION, "blur")).toEqual({ value: "none", source: "hub" });
});

it("is version 0 while a scope decides nothing", () => {
  expect(ownLayer(LAYERS, MIA).version).toBe(7);
  expect(ownLayer(LAYERS.slice(0, 1), TEAM)).toEqual({ settings: NOTHING_DECIDED, version: 0 });
});

it("says values as people do", () => {
  expect(valueWord("captureIntervalMinutes", 7)).toBe("7 minutes");
  expect(valueWord("idleAfterMs", 30_000)).toBe("30 seconds");
  expect(valueWord("idleAfterMs", 60_000)).toBe("1 minute");
  expect(valueWord("idleAfterMs", 100_000)).toBe("100 seconds");
  expect(valueWord("blur", null)).toBe("Not decided");
});

it("has a sentence for every setting there is", () => {
  expect(SETTINGS.map(({ key }) => key).sort()).toEqual(Object.keys(NOTHING_DECIDED).sort());
});
