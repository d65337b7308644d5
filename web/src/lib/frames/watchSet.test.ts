import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type WatchMessage, WatchSet } from "./watchSet";

let said: WatchMessage[];
let isHidden: boolean;
let set: WatchSet;

const ref = (track: number, employee = "INT2607") => ({ employee, track });
const tracksOf = (message: WatchMessage | undefined) => message?.tracks.map(({ track, tier }) => `${track} ${tier}`);

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  said = [];
  isHidden = false;
  set = new WatchSet({ send: (message) => said.push(message), nowMs: () => Date.now(), isHidden: () => isHidden });
});
afterEach(() => {
  set.close();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

it("says what is visible once it has calmed down, as one message", () => {
  set.open();
  set.want(ref(1), "wall");
  vi.advanceTimersByTime(60);
  set.want(ref(2), "wall");
  vi.advanceTimersByTime(99);
  expect(said).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(said).toEqual([
    {
      type: "watch",
      tracks: [
        { employee: "INT2607", track: 1, tier: "wall" },
        { employee: "INT2607", track: 2, tier: "wall" },
      ],
      focus: null,
    },
  ]);
});

it("says so now and then while it does not calm down", () => {
  set.open();
  for (let track = 0; track < 20; track += 1) {
    set.want(ref(track), "wall");
    vi.advanceTimersByTime(50);
  }
  expect(said.length).toBe(2);
});

it("stops what is scrolled away, and says nothing where nothing changed", () => {
  set.open();
  const release = set.want(ref(1), "wall");
  const releaseOther = set.want(ref(2), "wall");
  vi.advanceTimersByTime(100);
  release();
  set.want(ref(1), "wall");
  vi.advanceTimersByTime(1_000);
  expect(said).toHaveLength(1);
  releaseOther();
  vi.advanceTimersByTime(100);
  expect(tracksOf(said[1])).toEqual(["1 wall"]);
  expect([...set.watched().keys()]).toEqual(["INT2607:1"]);
});

it("says nothing before somebody wants something", () => {
  set.open();
  set.sayNow();
  expect(said).toEqual([]);
});

describe("the enlarged one", () => {
  it("is said in the larger tier, first, and as the focus", () => {
    set.open();
    set.want(ref(1), "wall");
    set.want(ref(2), "wall");
    const release = set.want(ref(2), "focus");
    vi.advanceTimersByTime(100);
    expect(tracksOf(said[0])).toEqual(["2 focus", "1 wall"]);
    expect(said[0]?.focus).toEqual({ employee: "INT2607", track: 2 });
    release();
    vi.advanceTimersByTime(100);
    expect(tracksOf(said[1])).toEqual(["1 wall", "2 wall"]);
    expect(said[1]?.focus).toBeNull();
  });

  it("is never what falls out of a full message", () => {
    set.open();
    for (let track = 0; track < 140; track += 1) set.want(ref(track), "wall");
    set.want(ref(200), "focus");
    vi.advanceTimersByTime(100);
    expect(said[0]?.tracks).toHaveLength(128);
    expect(tracksOf(said[0])?.[0]).toBe("200 focus");
    expect(set.watched().has("INT2607:139")).toBe(false);
  });

  it("fits a message with the longest ids into what a portal may send", () => {
    set.open();
    const longest = "M".repeat(64);
    for (let track = 0; track < 128; track += 1) set.want(ref(10_000 + track, longest), "wall");
    vi.advanceTimersByTime(100);
    expect(JSON.stringify(said[0]).length).toBeLessThanOrEqual(16 * 1024);
  });
});

it("watches nothing while the page is hidden, and at once again when it is looked at", () => {
  set.open();
  set.want(ref(1), "wall");
  vi.advanceTimersByTime(100);
  isHidden = true;
  set.sayNow();
  expect(tracksOf(said.at(-1))).toEqual([]);
  isHidden = false;
  set.sayNow();
  expect(tracksOf(said.at(-1))).toEqual(["1 wall"]);
});

it("says it all again on the next socket, and nothing between", () => {
  set.open();
  set.want(ref(1), "wall");
  vi.advanceTimersByTime(100);
  set.close();
  set.want(ref(2), "wall");
  vi.advanceTimersByTime(1_000);
  expect(said).toHaveLength(1);
  expect(set.watched().size).toBe(0);
  set.open();
  expect(tracksOf(said[1])).toEqual(["1 wall", "2 wall"]);
});
