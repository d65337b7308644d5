import { describe, expect, it } from "vitest";
import type { BlankReason, TrackState } from "@/api/types";
import { type BlankWhy, blankWords, type TileFacts, tileFace } from "./tileFace";

const STATE: TrackState = { employee: "ann", track: 1, number: 7, state: "live", since: 5_000 };
const FACTS: TileFacts = {
  person: {
    employee: "ann",
    name: "Ann Lee",
    nameKey: "ann lee",
    team: undefined,
    status: "active",
    sinceMs: 1_000,
    tracks: [1],
    absence: "Signed out",
  },
  track: 1,
  state: STATE,
  hasPicture: true,
  isWatched: true,
  isLost: false,
};
const OFFLINE = { ...FACTS.person, status: "offline", tracks: [] } as const;

describe("what a tile shows", () => {
  it.each<[string, Partial<TileFacts>, ReturnType<typeof tileFace>]>([
    ["live", {}, { kind: "picture", look: "live" }],
    [
      "waiting: the last picture stays",
      { state: { ...STATE, state: "waiting" } },
      { kind: "picture", look: "waiting" },
    ],
    ["nothing said yet", { state: undefined }, { kind: "picture", look: "waiting" }],
    ["no picture yet", { hasPicture: false }, { kind: "blank", why: "waiting", sinceMs: 5_000 }],
    ["connection lost: the last picture stays", { isLost: true }, { kind: "picture", look: "lost" }],
    ["connection lost before any picture", { isLost: true, hasPicture: false }, { kind: "blank", why: "lost" }],
    [
      "a reason takes the picture's place",
      { state: { ...STATE, state: "blank", reason: "capture_failed", detail: "No screen" } },
      { kind: "blank", why: "capture_failed", detail: "No screen", sinceMs: 5_000 },
    ],
    [
      "what was blank shows no picture when the connection is lost",
      { isLost: true, state: { ...STATE, state: "blank", reason: "on_break" } },
      { kind: "blank", why: "lost" },
    ],
    ["stopped: nothing, whatever was there", { isWatched: false }, { kind: "blank", why: "stopped" }],
    [
      "offline, with the reason",
      { person: OFFLINE, track: undefined, state: undefined },
      { kind: "blank", why: "offline", detail: "Signed out", sinceMs: 1_000 },
    ],
    ["here without an agent", { track: undefined, state: undefined }, { kind: "blank", why: "no_agent" }],
  ])("%s", (_, change, face) => {
    expect(tileFace({ ...FACTS, ...change })).toEqual(face);
  });
});

const REASONS: readonly BlankReason[] = [
  "offline",
  "not_working",
  "on_break",
  "paused",
  "not_permitted",
  "live_view_off",
  "notice_not_acknowledged",
  "capture_failed",
  "no_such_track",
  "overloaded",
];

describe("reasons in words", () => {
  it("are different for each reason, and complete sentences without their stop", () => {
    const whys: BlankWhy[] = [...REASONS, "stopped", "no_agent", "waiting", "lost"];
    const words = whys.map((why) => blankWords(why, "Ann"));
    expect(new Set(words.map(({ title }) => title)).size).toBe(whys.length);
    expect(new Set(words.map(({ text }) => text)).size).toBe(whys.length);
    for (const { title, text } of words) expect(`${title} ${text}`).toMatch(/^[A-Z][^_]*[a-z]$/);
  });

  it("say what the agent said of a failed capture", () => {
    expect(blankWords("capture_failed", "Ann", "No screen")).toEqual({ title: "Capture failed", text: "No screen" });
  });
});
