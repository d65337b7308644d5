import type { Tier } from "@/api/types";

/** `TILE_SIDE` of docs/protocol.md, section 6: pixels of a tile's sides; less at the right and lower edge. */
const TILE_SIDE = 256;
const COUNT_BYTES = 2;
/** Column, row, and 24 bits of length. */
const TILE_PREFIX_BYTES = 5;

/** One JPEG and where its upper left corner goes, in pixels of the picture. */
export interface Piece {
  x: number;
  y: number;
  jpeg: Uint8Array<ArrayBuffer>;
}

/** A picture with all its parts, ready to be decoded. */
export interface Picture {
  tier: Tier;
  number: number;
  seq: number;
  capturedAtMs: number;
  width: number;
  height: number;
  /** `changes`: only what differs from the picture before, to be drawn over it. */
  extent: "whole" | "changes";
  pieces: readonly Piece[];
}

/** Cuts the body of a `tiles` frame into its tiles; `undefined` if it is not what it says. */
export function readTiles(
  body: Uint8Array<ArrayBuffer>,
  size: { width: number; height: number },
): readonly Piece[] | undefined {
  if (body.byteLength < COUNT_BYTES) return undefined;
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const count = view.getUint16(0, true);
  const pieces: Piece[] = [];
  let at = COUNT_BYTES;
  for (let tile = 0; tile < count; tile += 1) {
    if (at + TILE_PREFIX_BYTES > body.byteLength) return undefined;
    const x = view.getUint8(at) * TILE_SIDE;
    const y = view.getUint8(at + 1) * TILE_SIDE;
    const length = view.getUint16(at + 2, true) + (view.getUint8(at + 4) << 16);
    const from = at + TILE_PREFIX_BYTES;
    at = from + length;
    if (length === 0 || at > body.byteLength || x >= size.width || y >= size.height) return undefined;
    pieces.push({ x, y, jpeg: body.subarray(from, at) });
  }
  return at === body.byteLength ? pieces : undefined;
}

/**
 * Lays a newer picture over one that was not drawn yet. A whole one replaces it; changes replace the pieces that stand at
 * the same place, because what they say is missing from everything that comes later.
 */
export function mergePictures(older: Picture, newer: Picture): Picture {
  const isNewGrid = newer.width !== older.width || newer.height !== older.height;
  if (newer.extent === "whole" || isNewGrid) return newer;
  const isReplaced = (old: Piece) => newer.pieces.some((piece) => piece.x === old.x && piece.y === old.y);
  // The first piece of a whole picture is all of it: the tile at the same corner covers only a part.
  const kept = older.pieces.filter((old, at) => (at === 0 && older.extent === "whole") || !isReplaced(old));
  return { ...newer, extent: older.extent, pieces: [...kept, ...newer.pieces] };
}
