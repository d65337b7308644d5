import { describe, expect, it } from "vitest";
import { readFrame } from "./frame";
import { writeFrame } from "./frame.fixture";

describe("readFrame", () => {
  it("reads every field at its place", () => {
    const body = Uint8Array.of(1, 2, 3);
    const message = writeFrame({
      kind: 2,
      tier: 2,
      number: 0x01020304,
      seq: 0xfffffffe,
      length: 70_000,
      capturedAtMs: 1_795_000_000_123,
      width: 1920,
      height: 1080,
      part: 2,
      parts: 3,
      messageId: 99,
      body,
    });
    expect(readFrame(message)).toEqual({
      messageId: 99,
      frame: {
        kind: "tiles",
        tier: "focus",
        number: 0x01020304,
        seq: 0xfffffffe,
        length: 70_000,
        capturedAtMs: 1_795_000_000_123,
        width: 1920,
        height: 1080,
        part: 2,
        parts: 3,
        body,
      },
    });
  });

  it("takes no parts for one", () => {
    expect(readFrame(writeFrame({ parts: 0 })).frame?.parts).toBe(1);
  });

  it("does not copy the body", () => {
    const message = writeFrame();
    expect(readFrame(message).frame?.body.buffer).toBe(message);
  });

  it.each([
    ["another version", { version: 2 }],
    ["kind 0", { kind: 0 }],
    ["kind 4", { kind: 4 }],
    ["tier 0", { tier: 0 }],
    ["tier 3", { tier: 3 }],
    ["a part past the last", { part: 3, parts: 3 }],
    ["a part of nothing", { part: 1, parts: 0 }],
  ])("does not read %s, but knows which message it was", (_, change) => {
    expect(readFrame(writeFrame({ ...change, messageId: 5 }))).toEqual({ messageId: 5, frame: undefined });
  });

  it.each([0, 31, 35])("reads nothing from %i bytes", (length) => {
    expect(readFrame(new ArrayBuffer(length))).toEqual({ messageId: undefined, frame: undefined });
  });
});
