import type { BlankReason, TrackState, UtcMillis } from "@/api/types";
import type { WallPerson } from "./wallPerson";

/** Why a tile shows no picture: what the hub says, and what only the page knows. */
export type BlankWhy = BlankReason | "stopped" | "no_agent" | "waiting" | "lost";

/** What a tile shows. */
export type TileFace =
  | { kind: "picture"; look: "live" | "waiting" | "lost" }
  | { kind: "blank"; why: BlankWhy; detail?: string; sinceMs?: UtcMillis };

export interface TileFacts {
  person: WallPerson;
  track: number | undefined;
  /** What the hub said last of the track. */
  state: TrackState | undefined;
  hasPicture: boolean;
  /** Whether the viewer wants to watch this person. */
  isWatched: boolean;
  /** The connection to the hub is away. */
  isLost: boolean;
}

/** Decides between a picture and a reason. A picture that waits or is cut off stays, dimmed; a reason takes its place. */
export function tileFace({ person, track, state, hasPicture, isWatched, isLost }: TileFacts): TileFace {
  if (track === undefined) {
    const isOffline = person.status === "offline";
    return isOffline
      ? { kind: "blank", why: "offline", detail: person.absence, sinceMs: person.sinceMs }
      : { kind: "blank", why: "no_agent" };
  }
  if (!isWatched) return { kind: "blank", why: "stopped" };
  const isBlank = state?.state === "blank";
  if (isLost) return hasPicture && !isBlank ? { kind: "picture", look: "lost" } : { kind: "blank", why: "lost" };
  if (isBlank) {
    return {
      kind: "blank",
      why: state.reason ?? "capture_failed",
      detail: state.detail ?? undefined,
      sinceMs: state.since,
    };
  }
  if (!hasPicture) return { kind: "blank", why: "waiting", sinceMs: state?.since };
  return { kind: "picture", look: state?.state === "live" ? "live" : "waiting" };
}

/** Reasons in words: what is so, and what it means. `name` is what the person is called by. */
export function blankWords(why: BlankWhy, name: string, detail?: string): { title: string; text: string } {
  switch (why) {
    case "offline":
      return { title: "Offline", text: detail ?? `No agent of ${name} is connected` };
    case "not_working":
      return { title: "Not working", text: `Pictures come once ${name} punches in` };
    case "on_break":
      return { title: "On a break", text: "Nothing is captured during a break" };
    case "paused":
      return { title: "Paused", text: `${name} has paused capture` };
    case "not_permitted":
      return { title: "Not permitted", text: `You may not watch ${name}` };
    case "live_view_off":
      return { title: "Live view is off", text: `The policy for ${name} turns it off` };
    case "notice_not_acknowledged":
      return { title: "Notice not acknowledged", text: `Nothing is captured until ${name} has read it` };
    case "capture_failed":
      return { title: "Capture failed", text: detail ?? `The agent of ${name} could not take a picture` };
    case "no_such_track":
      return { title: "No such display", text: "It was unplugged, or the agent was restarted" };
    case "overloaded":
      return { title: "The hub is busy", text: "It goes on by itself as soon as there is room" };
    case "stopped":
      return { title: "Not watching", text: `You have stopped watching ${name}` };
    case "no_agent":
      return { title: "No agent", text: `${name} is signed in without the desktop agent` };
    case "waiting":
      return { title: "Waiting", text: "The first picture is on its way" };
    case "lost":
      return { title: "Connection lost", text: "The hub cannot be reached" };
  }
}
