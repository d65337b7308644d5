import type { Frame } from "./frame";
import { type Picture, readTiles } from "./picture";

/** `AGENT_FRAME_BYTES_MAX` of docs/protocol.md, section 6: no picture is larger, whatever its header says. */
const PICTURE_BYTES_MAX = 1024 * 1024;
/** `FOCUS_HEIGHT_MAX` there; no side is longer. */
const SIDE_PX_MAX = 4096;

interface Partial {
  seq: number;
  nextPart: number;
  filledBytes: number;
  bytes: Uint8Array<ArrayBuffer>;
}

/** What a frame made of its picture. */
export type Assembled =
  | { kind: "picture"; picture: Picture }
  /** More parts are to come. */
  | { kind: "incomplete" }
  /** Nothing that could be shown will come of it. */
  | { kind: "broken" };

/** Puts pictures together again that came in parts. Holds at most one unfinished picture per number and tier. */
export class PictureAssembly {
  readonly #partials = new Map<string, Partial>();

  add(frame: Frame): Assembled {
    const key = `${frame.number} ${frame.tier}`;
    const partial = this.#partials.get(key);
    this.#partials.delete(key);
    if (!isPlausible(frame)) return { kind: "broken" };
    if (frame.parts === 1) return toPicture(frame, frame.body);
    if (frame.part === 0) return this.#fill(key, frame, begin(frame));
    if (partial?.seq !== frame.seq || partial.nextPart !== frame.part) return { kind: "broken" };
    return this.#fill(key, frame, partial);
  }

  /** Nobody looks at this number any more. */
  forget(number: number): void {
    this.#partials.delete(`${number} wall`);
    this.#partials.delete(`${number} focus`);
  }

  clear(): void {
    this.#partials.clear();
  }

  #fill(key: string, frame: Frame, partial: Partial): Assembled {
    const filledBytes = partial.filledBytes + frame.body.byteLength;
    if (filledBytes > partial.bytes.byteLength) return { kind: "broken" };
    partial.bytes.set(frame.body, partial.filledBytes);
    partial.filledBytes = filledBytes;
    partial.nextPart += 1;
    if (partial.nextPart === frame.parts) return toPicture(frame, partial.bytes.subarray(0, filledBytes));
    this.#partials.set(key, partial);
    return { kind: "incomplete" };
  }
}

function begin({ seq, length }: Frame): Partial {
  return { seq, nextPart: 0, filledBytes: 0, bytes: new Uint8Array(length) };
}

function isPlausible({ length, width, height }: Frame): boolean {
  return length <= PICTURE_BYTES_MAX && width > 0 && height > 0 && width <= SIDE_PX_MAX && height <= SIDE_PX_MAX;
}

function toPicture(frame: Frame, body: Uint8Array<ArrayBuffer>): Assembled {
  if (body.byteLength !== frame.length || body.byteLength === 0) return { kind: "broken" };
  const { tier, number, seq, capturedAtMs, width, height } = frame;
  const pieces = frame.kind === "whole" ? [{ x: 0, y: 0, jpeg: body }] : readTiles(body, frame);
  if (!pieces) return { kind: "broken" };
  const extent = frame.kind === "whole" ? "whole" : "changes";
  return { kind: "picture", picture: { tier, number, seq, capturedAtMs, width, height, extent, pieces } };
}
