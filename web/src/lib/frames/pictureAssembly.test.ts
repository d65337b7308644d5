import { describe, expect, it } from "vitest";
import { readFrame } from "./frame";
import { type SentFrame, writeFrame, writeTiles } from "./frame.fixture";
import { mergePictures, type Picture, readTiles } from "./picture";
import { type Assembled, PictureAssembly } from "./pictureAssembly";

const PART_BYTES = 32 * 1024;
const jpeg = (length: number) => Uint8Array.from({ length }, (_, at) => at % 251);

function add(assembly: PictureAssembly, sent: Partial<SentFrame>): Assembled {
  const { frame } = readFrame(writeFrame(sent));
  if (!frame) throw new Error("the fixture writes frames that can be read");
  return assembly.add(frame);
}

/** Sends a picture as the hub cuts it. */
function addParts(assembly: PictureAssembly, body: Uint8Array, sent: Partial<SentFrame> = {}): Assembled[] {
  const parts = Math.ceil(body.byteLength / PART_BYTES);
  return Array.from({ length: parts }, (_, part) =>
    add(assembly, {
      ...sent,
      part,
      parts,
      length: body.byteLength,
      body: body.subarray(part * PART_BYTES, (part + 1) * PART_BYTES),
    }),
  );
}

describe("PictureAssembly", () => {
  it("passes on what comes in one", () => {
    const assembled = add(new PictureAssembly(), { seq: 4, body: jpeg(100) });
    expect(assembled).toEqual({
      kind: "picture",
      picture: {
        tier: "wall",
        number: 7,
        seq: 4,
        capturedAtMs: 1_795_000_000_123,
        width: 480,
        height: 270,
        extent: "whole",
        pieces: [{ x: 0, y: 0, jpeg: jpeg(100) }],
      },
    });
  });

  it("puts parts together, byte for byte", () => {
    const body = jpeg(2 * PART_BYTES + 17);
    const assembled = addParts(new PictureAssembly(), body);
    expect(assembled.map(({ kind }) => kind)).toEqual(["incomplete", "incomplete", "picture"]);
    expect(assembled.at(-1)).toMatchObject({ picture: { pieces: [{ jpeg: body }] } });
  });

  it("keeps the parts of different tracks and tiers apart", () => {
    const assembly = new PictureAssembly();
    const halves = { parts: 2, length: 4 };
    add(assembly, { ...halves, number: 1, part: 0, body: Uint8Array.of(1, 1) });
    add(assembly, { ...halves, number: 2, part: 0, body: Uint8Array.of(2, 2) });
    add(assembly, { ...halves, number: 1, tier: 2, part: 0, body: Uint8Array.of(3, 3) });
    const first = add(assembly, { ...halves, number: 1, part: 1, body: Uint8Array.of(1, 1) });
    expect(first).toMatchObject({ picture: { pieces: [{ jpeg: Uint8Array.of(1, 1, 1, 1) }] } });
  });

  it("drops an unfinished picture when a newer one begins", () => {
    const assembly = new PictureAssembly();
    add(assembly, { seq: 1, part: 0, parts: 3, length: 6 });
    add(assembly, { seq: 2, part: 0, parts: 2, length: 4 });
    expect(add(assembly, { seq: 1, part: 1, parts: 3, length: 6 }).kind).toBe("broken");
    expect(add(assembly, { seq: 2, part: 1, parts: 2, length: 4 }).kind).toBe("broken");
  });

  it("forgets a track", () => {
    const assembly = new PictureAssembly();
    add(assembly, { part: 0, parts: 2, length: 4 });
    assembly.forget(7);
    expect(add(assembly, { part: 1, parts: 2, length: 4 }).kind).toBe("broken");
  });

  it.each<[string, Partial<SentFrame>]>([
    ["no bytes", { body: new Uint8Array() }],
    ["fewer bytes than announced", { length: 3 }],
    ["more bytes than announced", { length: 1 }],
    ["a picture over the limit", { length: 1024 * 1024 + 1, part: 0, parts: 40 }],
    ["no width", { width: 0 }],
    ["a side that no canvas has", { height: 4097 }],
    ["a part without those before it", { part: 1, parts: 2, length: 4 }],
    ["tiles that are cut off", { kind: 2, body: writeTiles([{ column: 0, row: 0, jpeg: [1, 2] }]).subarray(0, 8) }],
  ])("makes nothing of %s", (_, sent) => {
    expect(add(new PictureAssembly(), sent).kind).toBe("broken");
  });

  it("makes nothing of parts that are together longer than announced", () => {
    const assembly = new PictureAssembly();
    expect(add(assembly, { part: 0, parts: 2, length: 3 }).kind).toBe("incomplete");
    expect(add(assembly, { part: 1, parts: 2, length: 3 }).kind).toBe("broken");
  });
});

describe("readTiles", () => {
  const size = { width: 600, height: 300 };

  it("places each tile", () => {
    const body = writeTiles([
      { column: 0, row: 0, jpeg: [1] },
      { column: 2, row: 1, jpeg: [2, 3] },
    ]);
    expect(readTiles(Uint8Array.from(body), size)).toEqual([
      { x: 0, y: 0, jpeg: Uint8Array.of(1) },
      { x: 512, y: 256, jpeg: Uint8Array.of(2, 3) },
    ]);
  });

  it("reads lengths of 24 bits", () => {
    const long = Array.from({ length: 70_000 }, () => 1);
    expect(readTiles(Uint8Array.from(writeTiles([{ column: 0, row: 0, jpeg: long }])), size)?.[0]?.jpeg.length).toBe(
      70_000,
    );
  });

  it.each([
    ["right of the picture", writeTiles([{ column: 3, row: 0, jpeg: [1] }])],
    ["below the picture", writeTiles([{ column: 0, row: 2, jpeg: [1] }])],
    ["empty", writeTiles([{ column: 0, row: 0, jpeg: [] }])],
    ["followed by more", Uint8Array.of(...writeTiles([]), 1)],
  ])("refuses a tile that is %s", (_, body) => {
    expect(readTiles(Uint8Array.from(body), size)).toBeUndefined();
  });
});

describe("mergePictures", () => {
  const piece = (x: number, y: number, mark: number) => ({ x, y, jpeg: Uint8Array.of(mark) });
  const picture = (change: Partial<Picture>): Picture => ({
    tier: "focus",
    number: 1,
    seq: 1,
    capturedAtMs: 1,
    width: 512,
    height: 512,
    extent: "changes",
    pieces: [],
    ...change,
  });
  const marks = ({ pieces }: Picture) => pieces.map(({ jpeg: [mark] }) => mark);

  it("keeps changes that the newer one does not repeat", () => {
    const older = picture({ pieces: [piece(0, 0, 1), piece(256, 0, 2)] });
    const newer = picture({ seq: 2, capturedAtMs: 9, pieces: [piece(256, 0, 3)] });
    const merged = mergePictures(older, newer);
    expect(merged).toMatchObject({ seq: 2, capturedAtMs: 9, extent: "changes" });
    expect(marks(merged)).toEqual([1, 3]);
  });

  it("draws changes over a whole picture, its corner included", () => {
    const whole = picture({ extent: "whole", pieces: [piece(0, 0, 1)] });
    const once = mergePictures(whole, picture({ pieces: [piece(0, 0, 2), piece(256, 0, 3)] }));
    const twice = mergePictures(once, picture({ pieces: [piece(0, 0, 4)] }));
    expect(twice.extent).toBe("whole");
    expect(marks(twice)).toEqual([1, 3, 4]);
  });

  it("replaces by a whole picture, and by a grid of another size", () => {
    const older = picture({ pieces: [piece(0, 0, 1)] });
    const whole = picture({ extent: "whole", pieces: [piece(0, 0, 2)] });
    const regrown = picture({ width: 768, pieces: [piece(256, 0, 3)] });
    expect(mergePictures(older, whole)).toBe(whole);
    expect(mergePictures(older, regrown)).toBe(regrown);
  });
});
