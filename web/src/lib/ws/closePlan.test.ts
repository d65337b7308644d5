import { describe, expect, it } from "vitest";
import type { Close } from "@/api/types";
import { reconnectDelayMs } from "./backoff";
import { planAfterClose } from "./closePlan";

const message = (code: number, action: Close["action"], retry_after_ms?: number): Close => ({
  code,
  action,
  reason: "from the message",
  retry_after_ms,
});

describe("planAfterClose", () => {
  it.each([
    ["the network broke", 1006, undefined, { kind: "reconnect" }],
    ["shutdown", 4000, undefined, { kind: "reconnect" }],
    ["shutdown with a hint", 4000, message(4000, "reconnect", 1234), { kind: "reconnect", hintMs: 1234 }],
    ["a coming-back code newer than this page", 4321, undefined, { kind: "reconnect" }],
    ["expired", 4501, message(4501, "stop"), { kind: "renew_session" }],
    ["revoked", 4502, undefined, { kind: "stop", why: { code: 4502, reason: "frame" } }],
    ["a stopping code newer than this page", 4999, undefined, { kind: "stop", why: { code: 4999, reason: "frame" } }],
    [
      "the message wins",
      1006,
      message(4506, "stop"),
      { kind: "stop", why: { code: 4506, reason: "from the message" } },
    ],
  ] as const)("%s", (_, frameCode, closeMessage, plan) => {
    expect(planAfterClose(frameCode, "frame", closeMessage)).toEqual(plan);
  });
});

describe("reconnectDelayMs", () => {
  it.each([
    [0, 0, undefined, 0],
    [0, 0.999, undefined, 999],
    [3, 0.5, undefined, 4_000],
    [6, 0.999, undefined, 59_940],
    [5_000, 0.5, undefined, 30_000],
    [9, 0.5, 250, 250],
  ])("after %i failures, random %f, hint %s: %i ms", (failures, random, hintMs, delayMs) => {
    expect(reconnectDelayMs(failures, random, hintMs)).toBe(delayMs);
  });
});
