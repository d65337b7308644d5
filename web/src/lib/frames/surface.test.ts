import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Picture } from "./picture";
import { Surface } from "./surface";

/** A canvas that remembers what was done to it; setting its size clears it, as a real one does. */
class FakeCanvas {
  drawn: [source: unknown, x: number, y: number][] = [];
  #width = 300;
  #height = 150;
  get width(): number {
    return this.#width;
  }
  set width(width: number) {
    this.#width = width;
    this.drawn = [];
  }
  get height(): number {
    return this.#height;
  }
  set height(height: number) {
    this.#height = height;
    this.drawn = [];
  }
  getContext() {
    return { drawImage: (source: unknown, x: number, y: number) => this.drawn.push([source, x, y]) };
  }
}

interface Decoding {
  mark: number;
  close: ReturnType<typeof vi.fn>;
  succeed(): void;
  fail(): void;
}

let canvas: FakeCanvas;
let decodings: Decoding[];
let surface: Surface;

const ports = {
  makeCanvas: () => {
    canvas = new FakeCanvas();
    return canvas as unknown as HTMLCanvasElement;
  },
  decode: ([mark = 0]: Uint8Array) =>
    new Promise<ImageBitmap>((resolve, reject) => {
      const close = vi.fn();
      decodings.push({
        mark,
        close,
        succeed: () => resolve({ mark, close } as unknown as ImageBitmap),
        fail: () => reject(new Error("no JPEG")),
      });
    }),
};

const settle = async () => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};
const marks = () => canvas.drawn.map(([source]) => (source as { mark: number }).mark);

function picture(seq: number, change: Partial<Picture> = {}): Picture {
  return {
    tier: "wall",
    number: 1,
    seq,
    capturedAtMs: 1_000 * seq,
    width: 480,
    height: 270,
    extent: "whole",
    pieces: [{ x: 0, y: 0, jpeg: Uint8Array.of(seq) }],
    ...change,
  };
}

function changes(seq: number, places: readonly [x: number, y: number, mark: number][]): Picture {
  const pieces = places.map(([x, y, mark]) => ({ x, y, jpeg: Uint8Array.of(mark) }));
  return picture(seq, { tier: "focus", width: 512, height: 512, extent: "changes", pieces });
}

beforeEach(() => {
  decodings = [];
  surface = new Surface(ports);
});

it("draws a picture, frees it, and says so", async () => {
  const done = vi.fn();
  const onShown = vi.fn();
  const onPaint = vi.fn();
  surface.onShown(onShown);
  surface.onPaint(onPaint);
  surface.take(picture(1), done);
  expect(done).not.toHaveBeenCalled();
  decodings[0]?.succeed();
  await settle();
  expect(marks()).toEqual([1]);
  expect(decodings[0]?.close).toHaveBeenCalledOnce();
  expect([done.mock.calls.length, onShown.mock.calls.length, onPaint.mock.calls.length]).toEqual([1, 1, 1]);
  expect(surface.shown()).toEqual({ width: 480, height: 270, isPreview: false });
  expect(surface.capturedAtMs()).toBe(1_000);
});

it("neither clears the canvas nor tells of a size for each picture of the same size", async () => {
  const onShown = vi.fn();
  surface.onShown(onShown);
  for (const seq of [1, 2]) {
    surface.take(picture(seq), vi.fn());
    decodings.at(-1)?.succeed();
    await settle();
  }
  expect(marks()).toEqual([1, 2]);
  expect(onShown).toHaveBeenCalledOnce();
});

describe("pictures faster than decoding", () => {
  it("decodes one, keeps the newest, and is done with those between", async () => {
    const dones = [1, 2, 3].map((seq) => {
      const done = vi.fn();
      surface.take(picture(seq), done);
      return done;
    });
    expect(decodings).toHaveLength(1);
    expect(dones.map((done) => done.mock.calls.length)).toEqual([0, 1, 0]);
    decodings[0]?.succeed();
    await settle();
    decodings[1]?.succeed();
    await settle();
    expect(marks()).toEqual([1, 3]);
    expect(dones.map((done) => done.mock.calls.length)).toEqual([1, 1, 1]);
  });

  it("loses no tile: changes that wait are merged, and done together", async () => {
    const dones = [vi.fn(), vi.fn(), vi.fn()] as const;
    surface.take(changes(1, [[0, 0, 10]]), dones[0]);
    surface.take(changes(2, [[256, 0, 20]]), dones[1]);
    surface.take(changes(3, [[0, 256, 30]]), dones[2]);
    expect(dones[1]).not.toHaveBeenCalled();
    decodings[0]?.succeed();
    await settle();
    expect(marks()).toEqual([10]);
    for (const decoding of decodings.slice(1)) decoding.succeed();
    await settle();
    expect(canvas.drawn.map(([, x, y]) => [x, y])).toEqual([
      [0, 0],
      [256, 0],
      [0, 256],
    ]);
    expect(dones.map((done) => done.mock.calls.length)).toEqual([1, 1, 1]);
  });
});

it("shows no tile before all of them are there", async () => {
  surface.take(
    changes(1, [
      [0, 0, 10],
      [256, 0, 20],
    ]),
    vi.fn(),
  );
  decodings[0]?.succeed();
  await settle();
  expect(canvas.drawn).toEqual([]);
  decodings[1]?.succeed();
  await settle();
  expect(marks()).toEqual([10, 20]);
});

it("keeps the last picture when one cannot be decoded, and is done with it", async () => {
  surface.take(picture(1), vi.fn());
  decodings[0]?.succeed();
  await settle();
  const done = vi.fn();
  surface.take(picture(2, { width: 640 }), done);
  decodings[1]?.fail();
  await settle();
  expect(done).toHaveBeenCalledOnce();
  expect(marks()).toEqual([1]);
  expect(surface.capturedAtMs()).toBe(1_000);
});

it("takes nothing that is older than what it has", () => {
  surface.take(picture(5), vi.fn());
  const done = vi.fn();
  surface.take(picture(5), done);
  surface.take(picture(4), done);
  expect(done).toHaveBeenCalledTimes(2);
  expect(decodings).toHaveLength(1);
});

it("is as young as its last confirmation, and never gets older by a late picture", async () => {
  surface.take(picture(1), vi.fn());
  surface.confirm(9_000);
  decodings[0]?.succeed();
  await settle();
  expect(surface.capturedAtMs()).toBe(9_000);
});

it("is as old as what is on the canvas, while a newer picture that was confirmed is still being decoded", async () => {
  const onPaint = vi.fn();
  surface.take(picture(1), vi.fn());
  decodings[0]?.succeed();
  await settle();
  surface.take(picture(2), vi.fn());
  surface.take(picture(3), vi.fn());
  surface.onPaint(onPaint);
  surface.confirm(9_000);
  expect([surface.capturedAtMs(), onPaint.mock.calls.length]).toEqual([1_000, 0]);
  decodings[1]?.succeed();
  await settle();
  expect([marks().at(-1), surface.capturedAtMs()]).toEqual([2, 2_000]);
  decodings[2]?.succeed();
  await settle();
  expect([marks().at(-1), surface.capturedAtMs()]).toEqual([3, 9_000]);
});

describe("after the watch", () => {
  it("draws nothing that was on its way, keeps the picture, and counts anew", async () => {
    surface.take(picture(1), vi.fn());
    decodings[0]?.succeed();
    await settle();
    const dones = [vi.fn(), vi.fn()] as const;
    surface.take(picture(2), dones[0]);
    surface.take(picture(3), dones[1]);
    surface.forget();
    decodings[1]?.succeed();
    await settle();
    expect(dones.map((done) => done.mock.calls.length)).toEqual([1, 1]);
    expect(decodings[1]?.close).toHaveBeenCalledOnce();
    expect(marks()).toEqual([1]);
    surface.take(picture(1), vi.fn());
    decodings[2]?.succeed();
    await settle();
    expect(marks()).toEqual([1, 1]);
  });

  it("gives its memory back, and begins again if it has to", async () => {
    surface.take(picture(1), vi.fn());
    decodings[0]?.succeed();
    await settle();
    surface.close();
    expect([canvas.width, canvas.height, surface.shown()]).toEqual([0, 0, undefined]);
    surface.take(picture(1), vi.fn());
    decodings[1]?.succeed();
    await settle();
    expect(surface.shown()).toMatchObject({ width: 480 });
  });
});

it("shows the wall's picture until an own one comes", async () => {
  const wall = surface;
  const wallCanvas = canvas;
  wall.take(picture(1), vi.fn());
  decodings[0]?.succeed();
  await settle();
  const focus = new Surface(ports);
  focus.preview(wall);
  expect(canvas.drawn).toEqual([[wallCanvas, 0, 0]]);
  expect(focus.shown()).toEqual({ width: 480, height: 270, isPreview: true });
  expect(focus.capturedAtMs()).toBe(1_000);
  focus.take(changes(1, [[0, 0, 7]]), vi.fn());
  decodings.at(-1)?.succeed();
  await settle();
  expect(marks()).toEqual([7]);
  expect(focus.shown()).toEqual({ width: 512, height: 512, isPreview: false });
});
