import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { PortalDown, PortalUp, TrackState } from "@/api/types";
import { PortalSocket } from "@/lib/ws/portalSocket";
import { type SentFrame, writeFrame, writeTiles } from "./frame.fixture";
import { LiveFeed } from "./liveFeed";

/** A hub in a few lines: hears what the portal says, and says what the test wants. */
class ScriptedHub {
  readyState: number = WebSocket.OPEN;
  binaryType = "blob";
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  readonly heard: PortalUp[] = [];
  #messageId = 0;

  close(): void {}
  send(text: string): void {
    this.heard.push(JSON.parse(text));
  }
  says(message: PortalDown): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
  /** Sends a picture; returns its message id. */
  sends(frame: Partial<SentFrame>): number {
    this.#messageId += 1;
    this.onmessage?.({ data: writeFrame({ ...frame, messageId: this.#messageId }) });
    return this.#messageId;
  }
  ends(code: number): void {
    this.readyState = WebSocket.CLOSED;
    this.onclose?.({ code, reason: "" });
  }
  watches() {
    return this.heard.filter((message) => message.type === "watch");
  }
  acks() {
    return this.heard.filter((message) => message.type === "ack").map(({ message_id }) => message_id);
  }
}

const ANN = { employee: "ann", track: 1 };
const BEN = { employee: "ben", track: 2 };

let hubs: ScriptedHub[];
let portal: PortalSocket;
let feed: LiveFeed;
let stop: () => void;
/** What was drawn, by the first byte of its JPEG. */
let drawn: number[];
/** Decodings that wait, while `isSlow`. */
let slow: (() => void)[];
let isSlow: boolean;

const settle = () => vi.advanceTimersByTimeAsync(0);
const hub = () => hubs.at(-1) as ScriptedHub;
const number = (change: Partial<TrackState> = {}): PortalDown => ({
  type: "track_state",
  ...ANN,
  number: 70,
  state: "live",
  since: 5_000,
  ...change,
});

function decode([mark = 0]: Uint8Array): Promise<ImageBitmap> {
  const bitmap = { mark, close: () => {} } as unknown as ImageBitmap;
  if (mark === 0) return Promise.reject(new Error("no JPEG"));
  return isSlow ? new Promise((resolve) => slow.push(() => resolve(bitmap))) : Promise.resolve(bitmap);
}

function makeCanvas(): HTMLCanvasElement {
  const drawImage = ({ mark }: { mark?: number }) => drawn.push(mark ?? -1);
  return { width: 0, height: 0, isConnected: false, getContext: () => ({ drawImage }) } as unknown as HTMLCanvasElement;
}

async function connect(): Promise<void> {
  await settle();
  hub().onopen?.();
  hub().says({ type: "ready", server_time: 0, ping_every_ms: 20_000 });
}

async function watchAnn(tier: "wall" | "focus" = "wall"): Promise<() => void> {
  const release = feed.watch(ANN, tier);
  feed.surface(ANN, tier);
  await vi.advanceTimersByTimeAsync(100);
  hub().says(number());
  return release;
}

beforeEach(async () => {
  vi.useFakeTimers({ now: 10_000 });
  [hubs, drawn, slow, isSlow] = [[], [], [], false];
  portal = new PortalSocket({
    open: () => {
      hubs.push(new ScriptedHub());
      return hub() as unknown as WebSocket;
    },
    fetchTicket: async () => "ticket",
    renewSession: async () => true,
    nowMs: () => Date.now(),
    random: () => 0.5,
  });
  feed = new LiveFeed({ socket: portal, nowMs: () => Date.now(), decode, makeCanvas });
  stop = feed.start();
  portal.start();
  await connect();
});
afterEach(() => {
  stop();
  portal.close();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it("watches, draws, and acknowledges what it painted", async () => {
  await watchAnn();
  expect(hub().watches()).toEqual([{ type: "watch", tracks: [{ ...ANN, tier: "wall" }], focus: null }]);
  const messageId = hub().sends({ number: 70, body: Uint8Array.of(5) });
  await vi.advanceTimersByTimeAsync(50);
  expect(drawn).toEqual([5]);
  expect(hub().heard.at(-1)).toEqual({ type: "ack", message_id: messageId, painted_at: Date.now() - 50 });
  expect(feed.surface(ANN, "wall").shown()).toEqual({ width: 480, height: 270, isPreview: false });
});

it("says what a track does, to those who asked for that track", async () => {
  const heard = { ann: vi.fn(), ben: vi.fn() };
  feed.onState(ANN, heard.ann);
  feed.onState(BEN, heard.ben);
  await watchAnn();
  hub().says(number({ state: "blank", reason: "on_break", since: 6_000 }));
  expect(feed.state(ANN)).toMatchObject({ state: "blank", reason: "on_break", since: 6_000 });
  expect([heard.ann.mock.calls.length, heard.ben.mock.calls.length]).toEqual([2, 0]);
});

it("acknowledges in order, however fast each is decoded", async () => {
  feed.watch(BEN, "wall");
  feed.surface(BEN, "wall");
  await watchAnn();
  hub().says(number({ ...BEN, number: 71 }));
  isSlow = true;
  hub().sends({ number: 70, body: Uint8Array.of(1) });
  isSlow = false;
  hub().sends({ number: 71, body: Uint8Array.of(2) });
  await vi.advanceTimersByTimeAsync(500);
  expect(drawn).toEqual([2]);
  expect(hub().acks()).toEqual([]);
  slow[0]?.();
  await vi.advanceTimersByTimeAsync(50);
  expect(hub().acks()).toEqual([2]);
});

it.each<[string, Partial<SentFrame>]>([
  ["of a track that nobody watches", { number: 99 }],
  ["of a version that it does not know", { number: 70, version: 2 }],
  ["that is no JPEG", { number: 70, body: Uint8Array.of(0) }],
  ["that is shorter than it says", { number: 70, length: 9 }],
  ["of the larger tier, which nobody shows", { number: 70, tier: 2 }],
])("acknowledges a picture %s, or the window would stall", async (_, frame) => {
  await watchAnn();
  const messageId = hub().sends(frame);
  await vi.advanceTimersByTimeAsync(50);
  expect(hub().acks()).toEqual([messageId]);
  expect(drawn).toEqual([]);
});

it("acknowledges parts as they come, and the picture when it is painted", async () => {
  await watchAnn();
  isSlow = true;
  hub().sends({ number: 70, part: 0, parts: 2, length: 2, body: Uint8Array.of(3) });
  await vi.advanceTimersByTimeAsync(50);
  hub().sends({ number: 70, part: 1, parts: 2, length: 2, body: Uint8Array.of(4) });
  await vi.advanceTimersByTimeAsync(50);
  expect(hub().acks()).toEqual([1]);
  slow[0]?.();
  await vi.advanceTimersByTimeAsync(50);
  expect(hub().acks()).toEqual([1, 2]);
});

it("takes a confirmation for a younger picture", async () => {
  await watchAnn();
  hub().sends({ number: 70, body: Uint8Array.of(5), capturedAtMs: 8_000 });
  hub().sends({ number: 70, seq: 2, kind: 3, body: new Uint8Array(), capturedAtMs: 9_500 });
  await vi.advanceTimersByTimeAsync(50);
  expect(feed.surface(ANN, "wall").capturedAtMs()).toBe(9_500);
  expect(hub().acks()).toEqual([2]);
});

it("draws tiles onto the enlarged canvas", async () => {
  await watchAnn("focus");
  const tiles = [0, 1].map((column) => ({ column, row: 0, jpeg: [11 + column] }));
  hub().sends({ number: 70, kind: 2, tier: 2, width: 512, height: 256, body: writeTiles(tiles) });
  await settle();
  expect(drawn).toEqual([11, 12]);
});

describe("what is not looked at", () => {
  it("is not watched while the page is hidden", async () => {
    await watchAnn();
    const visibility = vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
    document.dispatchEvent(new Event("visibilitychange"));
    expect(hub().watches().at(-1)).toEqual({ type: "watch", tracks: [], focus: null });
    const messageId = hub().sends({ number: 70, body: Uint8Array.of(5) });
    await vi.advanceTimersByTimeAsync(50);
    expect(drawn).toEqual([]);
    expect(hub().acks()).toEqual([messageId]);
    visibility.mockReturnValue("visible");
    document.dispatchEvent(new Event("visibilitychange"));
    expect(hub().watches().at(-1)?.tracks).toEqual([{ ...ANN, tier: "wall" }]);
  });

  it("is given up when the page goes", async () => {
    await watchAnn();
    stop();
    expect(hub().watches().at(-1)).toEqual({ type: "watch", tracks: [], focus: null });
    hub().sends({ number: 70, body: Uint8Array.of(5) });
    await settle();
    expect(drawn).toEqual([]);
  });

  it("keeps its last picture for a while, but not for ever", async () => {
    const tracks = Array.from({ length: 66 }, (_, track) => ({ employee: "ann", track }));
    const releases = tracks.map((ref) => feed.watch(ref, "wall"));
    for (const ref of tracks) feed.surface(ref, "wall");
    await vi.advanceTimersByTimeAsync(100);
    for (const { track } of tracks) {
      hub().says(number({ track, number: track }));
      hub().sends({ number: track, body: Uint8Array.of(1) });
    }
    await settle();
    for (const release of releases) release();
    await vi.advanceTimersByTimeAsync(100);
    const kept = tracks.filter((ref) => feed.surface(ref, "wall").shown());
    expect(kept.map(({ track }) => track)).toEqual(tracks.slice(2).map(({ track }) => track));
  });
});

describe("a new socket", () => {
  it("is told the whole set again, and acknowledges nothing of the old one", async () => {
    await watchAnn();
    isSlow = true;
    hub().sends({ number: 70, body: Uint8Array.of(5) });
    hub().ends(4001);
    await vi.advanceTimersByTimeAsync(500);
    await connect();
    expect(hubs).toHaveLength(2);
    expect(hub().watches()).toEqual([{ type: "watch", tracks: [{ ...ANN, tier: "wall" }], focus: null }]);
    slow[0]?.();
    await vi.advanceTimersByTimeAsync(100);
    expect(hub().acks()).toEqual([]);
    expect(drawn).toEqual([]);
  });

  it("numbers its tracks and pictures anew", async () => {
    await watchAnn();
    hub().sends({ number: 70, seq: 900, body: Uint8Array.of(5) });
    await settle();
    hub().ends(1006);
    await vi.advanceTimersByTimeAsync(500);
    await connect();
    hub().sends({ number: 70, seq: 1, body: Uint8Array.of(6) });
    hub().says(number({ number: 3 }));
    hub().sends({ number: 3, seq: 1, body: Uint8Array.of(7) });
    await settle();
    expect(drawn).toEqual([5, 7]);
  });
});
