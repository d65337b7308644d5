import { expect, it } from "vitest";
import type { PolicyLayer, PolicySettings } from "@/api/types";
import { policyLines, retentionWords } from "./policyWords";

const EFFECTIVE: PolicySettings = {
  captureIntervalMinutes: 10,
  screenshots: true,
  blur: "none",
  liveView: true,
  startMode: "manual",
  idleAfterMs: 180_000,
  pauseAllowed: false,
};
const OFF: PolicySettings = { ...EFFECTIVE, screenshots: false, liveView: false };

const OPEN: PolicySettings = {
  captureIntervalMinutes: null,
  screenshots: null,
  blur: null,
  liveView: null,
  startMode: null,
  idleAfterMs: null,
  pauseAllowed: null,
};

const layer = (scope: PolicyLayer["scope"], decided: Partial<PolicySettings>, changedAt: number): PolicyLayer => ({
  scope,
  settings: { ...OPEN, ...decided },
  version: 1,
  changedAt,
});

it("says everything that holds, and who decided it: the nearest layer that says something", () => {
  const layers = [
    layer({ organization: true }, { screenshots: true, blur: "light" }, 1),
    layer({ team: "0190a0f0-0000-7000-8000-000000000001" }, { captureIntervalMinutes: 5 }, 2),
    layer({ employee: "INT2607" }, { liveView: false }, 3),
  ];
  const lines = policyLines({ effective: { ...EFFECTIVE, captureIntervalMinutes: 5, blur: "light" }, layers });
  expect(lines.map(({ about, decision }) => [about, decision.by, decision.atMs])).toEqual([
    ["pictures", "team", 2],
    ["live", "employee", 3],
    ["blur", "organization", 1],
    ["pause", "default", undefined],
    ["idle", "default", undefined],
    ["start", "default", undefined],
  ]);
  expect(lines[0]?.words).toContain("every 5 minutes");
});

it("says nothing of blur and pauses where nothing is captured", () => {
  const lines = policyLines({ effective: OFF, layers: [] });
  expect(lines.map(({ about }) => about)).toEqual(["pictures", "live", "idle", "start"]);
  expect(lines[0]?.words).toBe("No pictures are taken of your screen.");
  expect(lines[1]?.words).toBe("Nobody may watch your screen live.");
});

it.each([
  [60_000, "1 minute"],
  [180_000, "3 minutes"],
  [90_000, "90 seconds"],
])("%d ms without input: %s", (idleAfterMs, words) => {
  const lines = policyLines({ effective: { ...EFFECTIVE, idleAfterMs }, layers: [] });
  expect(lines.find(({ about }) => about === "idle")?.words).toContain(`After ${words} without`);
});

it("says when what is recorded goes", () => {
  expect(retentionWords({ screenshotsDays: 1, workDays: 400, auditDays: 30 })).toBe(
    "Pictures are deleted after 1 day, hours and status after 400 days, " +
      "the log of who changed what and the record of who watched you after 30 days.",
  );
});
