import type { Tier } from "@/api/types";

/** The header of every binary message, then the message id that the hub adds for a portal. See docs/protocol.md, section 5. */
const HEADER_BYTES = 32;
export const FRAME_PREFIX_BYTES = HEADER_BYTES + 4;

const VERSION = 1;
const KINDS = [undefined, "whole", "tiles", "same"] as const;
const TIERS = [undefined, "wall", "focus"] as const satisfies readonly (Tier | undefined)[];

/** `same`: what is on the screen was still true; it has no body. */
export type FrameKind = "whole" | "tiles" | "same";

/** One binary message: a picture, or one part of it. */
export interface Frame {
  kind: FrameKind;
  tier: Tier;
  /** What `track_state` calls the track on this socket. */
  number: number;
  seq: number;
  /** Bytes of the whole picture, all parts together. */
  length: number;
  capturedAtMs: number;
  width: number;
  height: number;
  part: number;
  /** At least 1. */
  parts: number;
  body: Uint8Array<ArrayBuffer>;
}

/** What a binary message is. One that cannot be read has a message id all the same, if it is long enough for one. */
export interface FrameReading {
  messageId: number | undefined;
  frame: Frame | undefined;
}

/** Reads a binary message without copying: the body looks into it. */
export function readFrame(message: ArrayBuffer): FrameReading {
  if (message.byteLength < FRAME_PREFIX_BYTES) return { messageId: undefined, frame: undefined };
  const view = new DataView(message);
  const messageId = view.getUint32(HEADER_BYTES, true);
  const kind = KINDS[view.getUint8(1)];
  const tier = TIERS[view.getUint8(2)];
  const part = view.getUint16(28, true);
  const parts = Math.max(1, view.getUint16(30, true));
  if (view.getUint8(0) !== VERSION || !kind || !tier || part >= parts) return { messageId, frame: undefined };
  const frame: Frame = {
    kind,
    tier,
    number: view.getUint32(4, true),
    seq: view.getUint32(8, true),
    length: view.getUint32(12, true),
    capturedAtMs: Number(view.getBigUint64(16, true)),
    width: view.getUint16(24, true),
    height: view.getUint16(26, true),
    part,
    parts,
    body: new Uint8Array(message, FRAME_PREFIX_BYTES),
  };
  return { messageId, frame };
}
