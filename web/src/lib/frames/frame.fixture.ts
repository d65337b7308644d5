import { FRAME_PREFIX_BYTES, type Frame } from "./frame";

/** For tests: what the hub would send, written byte by byte from docs/protocol.md, section 5. */
export interface SentFrame extends Omit<Frame, "kind" | "tier" | "body" | "length"> {
  version: number;
  kind: number;
  tier: number;
  length?: number;
  messageId: number;
  body: Uint8Array;
}

const USUAL: SentFrame = {
  version: 1,
  kind: 1,
  tier: 1,
  number: 7,
  seq: 1,
  capturedAtMs: 1_795_000_000_123,
  width: 480,
  height: 270,
  part: 0,
  parts: 1,
  messageId: 1,
  body: Uint8Array.of(0xff, 0xd8),
};

export function writeFrame(change: Partial<SentFrame> = {}): ArrayBuffer {
  const frame = { ...USUAL, ...change };
  const bytes = new Uint8Array(FRAME_PREFIX_BYTES + frame.body.byteLength);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, frame.version);
  view.setUint8(1, frame.kind);
  view.setUint8(2, frame.tier);
  view.setUint32(4, frame.number, true);
  view.setUint32(8, frame.seq, true);
  view.setUint32(12, frame.length ?? frame.body.byteLength, true);
  view.setBigUint64(16, BigInt(frame.capturedAtMs), true);
  view.setUint16(24, frame.width, true);
  view.setUint16(26, frame.height, true);
  view.setUint16(28, frame.part, true);
  view.setUint16(30, frame.parts, true);
  view.setUint32(32, frame.messageId, true);
  bytes.set(frame.body, FRAME_PREFIX_BYTES);
  return bytes.buffer;
}

/** The body of a frame of kind 2. */
export function writeTiles(tiles: readonly { column: number; row: number; jpeg: readonly number[] }[]): Uint8Array {
  const bytes: number[] = [tiles.length & 0xff, tiles.length >> 8];
  for (const { column, row, jpeg } of tiles) {
    bytes.push(column, row, jpeg.length & 0xff, (jpeg.length >> 8) & 0xff, jpeg.length >> 16, ...jpeg);
  }
  return Uint8Array.from(bytes);
}
