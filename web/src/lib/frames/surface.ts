import { mergePictures, type Picture } from "./picture";

/** What drawing needs from the browser; tests hand in their own. */
export interface SurfacePorts {
  makeCanvas(): HTMLCanvasElement;
  /** Rejects for what is no picture. */
  decode(jpeg: Uint8Array<ArrayBuffer>): Promise<ImageBitmap>;
}

/** What a surface shows. */
export interface Shown {
  width: number;
  height: number;
  /** A smaller picture of the same display, until one of this tier has come. */
  isPreview: boolean;
}

/** A picture that is complete but not on the screen yet, and who wants to know when it is. */
interface Waiting {
  picture: Picture;
  /** When it was last said to be still true; 0 if never. */
  confirmedAtMs: number;
  done: (() => void)[];
}

/**
 * The canvas of one display in one tier. It belongs to the display and not to the part of the page that shows it, so the
 * last picture survives scrolling away and back, and nothing flickers when the page renders.
 *
 * At most one picture is being decoded and one waits; a newer one takes the waiting one's place.
 */
export class Surface {
  readonly canvas: HTMLCanvasElement;
  readonly #decode: SurfacePorts["decode"];
  readonly #shownListeners = new Set<() => void>();
  readonly #paintListeners = new Set<() => void>();
  #shown: Shown | undefined;
  #capturedAtMs = 0;
  #seq = 0;
  #waiting: Waiting | undefined;
  #decoding: Waiting | undefined;
  /** Counts how often everything that was on its way was given up. */
  #life = 0;

  constructor(ports: SurfacePorts) {
    this.canvas = ports.makeCanvas();
    this.#decode = ports.decode;
  }

  /** Snapshot for `useSyncExternalStore`; `undefined` before the first picture. Changes with its size, not with each picture. */
  readonly shown = (): Shown | undefined => this.#shown;
  readonly onShown = (listener: () => void): (() => void) => listenIn(this.#shownListeners, listener);
  /** Hears of each picture that was drawn or confirmed. */
  readonly onPaint = (listener: () => void): (() => void) => listenIn(this.#paintListeners, listener);

  /** When what is on the canvas was last known to be on the person's screen, by the hub's clock. */
  capturedAtMs(): number {
    return this.#capturedAtMs;
  }

  /** Draws a picture as soon as it can. `done` is called once: when it is on the canvas, or will never be. */
  take(picture: Picture, done: () => void): void {
    if (picture.seq <= this.#seq) {
      done();
      return;
    }
    this.#seq = picture.seq;
    const before = this.#waiting;
    const merged = before ? mergePictures(before.picture, picture) : picture;
    const isReplaced = merged === picture;
    if (isReplaced) for (const tell of before?.done ?? []) tell();
    this.#waiting = { picture: merged, confirmedAtMs: 0, done: [...(isReplaced ? [] : (before?.done ?? [])), done] };
    if (!this.#decoding) void this.#drawWaiting();
  }

  /** The picture that came last was still true; what is on its way to the canvas takes that along. */
  confirm(capturedAtMs: number): void {
    const coming = this.#waiting ?? this.#decoding;
    if (coming) {
      coming.confirmedAtMs = Math.max(coming.confirmedAtMs, capturedAtMs);
      return;
    }
    this.#capturedAtMs = Math.max(this.#capturedAtMs, capturedAtMs);
    if (this.#shown) tellAll(this.#paintListeners);
  }

  /** Shows another surface's picture until an own one comes. */
  preview(other: Surface): void {
    const shown = other.shown();
    if (!shown || this.#shown) return;
    this.#resize(shown.width, shown.height);
    this.#context()?.drawImage(other.canvas, 0, 0);
    this.#capturedAtMs = other.capturedAtMs();
    this.#show({ width: shown.width, height: shown.height, isPreview: true });
  }

  /** Nothing more comes of this watch. The last picture stays; the next watch counts anew. */
  forget(): void {
    this.#life += 1;
    this.#seq = 0;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    for (const tell of waiting?.done ?? []) tell();
  }

  /** Gives the memory of the picture back at once. The next picture begins anew. */
  close(): void {
    this.forget();
    this.canvas.width = 0;
    this.canvas.height = 0;
    this.#shown = undefined;
    tellAll(this.#shownListeners);
  }

  async #drawWaiting(): Promise<void> {
    for (let next = this.#waiting; next; next = this.#waiting) {
      this.#waiting = undefined;
      this.#decoding = next;
      const { picture, done } = next;
      const life = this.#life;
      const decoded = await Promise.allSettled(picture.pieces.map(({ jpeg }) => this.#decode(jpeg)));
      const bitmaps = decoded.map((result) => (result.status === "fulfilled" ? result.value : undefined));
      if (life === this.#life) this.#paint(next, bitmaps);
      for (const bitmap of bitmaps) bitmap?.close();
      for (const tell of done) tell();
    }
    this.#decoding = undefined;
  }

  /** All pieces in one task, so that the browser never shows half of them. */
  #paint({ picture, confirmedAtMs }: Waiting, bitmaps: readonly (ImageBitmap | undefined)[]): void {
    if (bitmaps.every((bitmap) => bitmap === undefined)) return;
    const { width, height, pieces } = picture;
    this.#resize(width, height);
    const context = this.#context();
    bitmaps.forEach((bitmap, index) => {
      const piece = pieces[index];
      if (bitmap && piece) context?.drawImage(bitmap, piece.x, piece.y);
    });
    this.#capturedAtMs = Math.max(this.#capturedAtMs, picture.capturedAtMs, confirmedAtMs);
    this.#show({ width, height, isPreview: false });
  }

  /** Setting a canvas to the size that it has would clear it. */
  #resize(width: number, height: number): void {
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
  }

  #context(): CanvasRenderingContext2D | null {
    return this.canvas.getContext("2d", { alpha: false });
  }

  #show(shown: Shown): void {
    const before = this.#shown;
    const isSame =
      before?.width === shown.width && before.height === shown.height && before.isPreview === shown.isPreview;
    if (!isSame) {
      this.#shown = shown;
      tellAll(this.#shownListeners);
    }
    tellAll(this.#paintListeners);
  }
}

function listenIn(listeners: Set<() => void>, listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tellAll(listeners: ReadonlySet<() => void>): void {
  for (const listener of listeners) listener();
}
