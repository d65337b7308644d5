import type { MessageOf, PortalUp, Tier, TrackRef, WatchTrack } from "@/api/types";
import { trackKey } from "./trackKey";

/** `WATCHED_TRACKS_MAX` of docs/protocol.md, section 6. */
const TRACKS_MAX = 128;
/** While somebody scrolls, tiles come and go: one message when it has calmed down… */
const SETTLED_AFTER_MS = 100;
/** …and now and then while it does not. */
const SAID_WITHIN_MS = 400;

export type WatchMessage = MessageOf<PortalUp, "watch">;

/** What the set needs from outside. */
export interface WatchSetPorts {
  send(message: WatchMessage): void;
  nowMs(): number;
  isHidden(): boolean;
}

/** How many parts of the page want a track in each tier. */
interface Wanted {
  ref: TrackRef;
  counts: Record<Tier, number>;
}

/**
 * What is on the screen, said to the hub as one message that replaces the last. What nobody looks at is not watched: a
 * tile that is scrolled away, and all of them while the page is hidden.
 */
export class WatchSet {
  readonly #ports: WatchSetPorts;
  readonly #wanted = new Map<string, Wanted>();
  #isOpen = false;
  /** What was said last on this socket, as text; empty: that nothing is watched, which goes without saying. */
  #said = "";
  #watched: ReadonlyMap<string, WatchTrack> = new Map();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #changedAtMs: number | undefined;

  constructor(ports: WatchSetPorts) {
    this.#ports = ports;
  }

  /** By `trackKey`: what the hub was told last on this socket. */
  watched(): ReadonlyMap<string, WatchTrack> {
    return this.#watched;
  }

  /** A part of the page shows the track; the returned function says that it does no more. */
  want(ref: TrackRef, tier: Tier): () => void {
    const key = trackKey(ref);
    const wanted = this.#wanted.get(key) ?? { ref, counts: { wall: 0, focus: 0 } };
    wanted.counts[tier] += 1;
    this.#wanted.set(key, wanted);
    this.#saySoon();
    return () => {
      wanted.counts[tier] -= 1;
      if (wanted.counts.wall + wanted.counts.focus === 0 && this.#wanted.get(key) === wanted) this.#wanted.delete(key);
      this.#saySoon();
    };
  }

  /** The socket is signed in, and knows of no watch. */
  open(): void {
    this.#isOpen = true;
    this.#said = "";
    this.#watched = new Map();
    this.sayNow();
  }

  /** The socket is away: nothing is watched, whatever is wanted. */
  close(): void {
    this.#isOpen = false;
    this.#watched = new Map();
    this.#stopTimer();
  }

  /** For what must not wait: the page is hidden, or looked at again. */
  readonly sayNow = (): void => {
    this.#stopTimer();
    if (!this.#isOpen) return;
    const message = this.#message();
    // In whatever order: tiles trade places while the person scrolls.
    const said = message.tracks.map((track) => `${trackKey(track)} ${track.tier}`).sort();
    if (said.join() === this.#said) return;
    this.#said = said.join();
    this.#watched = new Map(message.tracks.map((track) => [trackKey(track), track]));
    this.#ports.send(message);
  };

  #saySoon(): void {
    const nowMs = this.#ports.nowMs();
    this.#changedAtMs ??= nowMs;
    clearTimeout(this.#timer);
    const leftMs = Math.max(0, this.#changedAtMs + SAID_WITHIN_MS - nowMs);
    this.#timer = setTimeout(this.sayNow, Math.min(SETTLED_AFTER_MS, leftMs));
  }

  #stopTimer(): void {
    clearTimeout(this.#timer);
    this.#changedAtMs = undefined;
  }

  #message(): WatchMessage {
    const wanted = this.#ports.isHidden() ? [] : [...this.#wanted.values()];
    const tracks = wanted.map(({ ref, counts }): WatchTrack => ({ ...ref, tier: counts.focus > 0 ? "focus" : "wall" }));
    // The enlarged ones first, so that they are never what falls out.
    tracks.sort((a, b) => Number(b.tier === "focus") - Number(a.tier === "focus"));
    const [first] = tracks;
    const focus = first?.tier === "focus" ? { employee: first.employee, track: first.track } : null;
    return { type: "watch", tracks: tracks.slice(0, TRACKS_MAX), focus };
  }
}
