import type { PortalDown, Tier, TrackRef, TrackState } from "@/api/types";
import type { PortalSocket } from "@/lib/ws/portalSocket";
import { Acknowledger } from "./acknowledger";
import { readFrame } from "./frame";
import { PictureAssembly } from "./pictureAssembly";
import { Surface, type SurfacePorts } from "./surface";
import { trackKey } from "./trackKey";
import { WatchSet } from "./watchSet";

/** Displays that are not on the screen but whose last picture is kept: about half a megabyte each. */
const IDLE_PICTURES_MAX = 64;
/** Tracks that are remembered at all, so that scrolling back does not begin with "waiting". Far more than a page shows. */
const TRACKS_MAX = 1_024;

/** What the feed needs from outside; tests hand in their own. */
export interface LiveFeedPorts extends SurfacePorts {
  socket: Pick<PortalSocket, "send" | "state" | "onState" | "onReady" | "onMessage" | "onFrame">;
  /** The hub's time. */
  nowMs(): number;
}

/**
 * Live pictures, from the socket onto canvases. The page says what it shows (`watch`) and puts the canvases where it wants
 * them (`surface`); everything between is in here, and no picture ever makes the page render.
 */
export class LiveFeed {
  readonly #ports: LiveFeedPorts;
  readonly #watchSet: WatchSet;
  readonly #acknowledger: Acknowledger;
  readonly #assembly = new PictureAssembly();
  /** By `trackKey` and tier, least recently asked for first. One that is closed costs next to nothing. */
  readonly #surfaces = new Map<string, Surface>();
  readonly #states = new Map<string, TrackState>();
  readonly #stateListeners = new Map<string, Set<() => void>>();
  /** By the number that pictures carry on this socket. */
  readonly #keysByNumber = new Map<number, string>();

  constructor(ports: LiveFeedPorts) {
    const { socket, nowMs } = ports;
    this.#ports = ports;
    this.#watchSet = new WatchSet({
      send: (message) => {
        socket.send(message);
        this.#dropUnwatched();
      },
      nowMs,
      isHidden: () => document.visibilityState === "hidden",
    });
    this.#acknowledger = new Acknowledger(
      (message_id, painted_at) => socket.send({ type: "ack", message_id, painted_at }),
      nowMs,
    );
  }

  /** Follows the socket. The returned function stops watching everything and gives all memory back. */
  start(): () => void {
    const { socket } = this.#ports;
    const stops = [
      socket.onReady(() => {
        this.#forgetSocket();
        this.#watchSet.open();
      }),
      // What is still being decoded must not be acknowledged on the next socket.
      socket.onState(() => {
        if (socket.state().phase === "connected") return;
        this.#watchSet.close();
        this.#forgetSocket();
      }),
      socket.onMessage((message) => this.#takeMessage(message)),
      socket.onFrame((message) => this.#takeFrame(message)),
    ];
    document.addEventListener("visibilitychange", this.#watchSet.sayNow);
    if (socket.state().phase === "connected") this.#watchSet.open();
    return () => {
      for (const stop of stops) stop();
      document.removeEventListener("visibilitychange", this.#watchSet.sayNow);
      if (this.#watchSet.watched().size > 0) socket.send({ type: "watch", tracks: [], focus: null });
      this.#watchSet.close();
      this.#forgetSocket();
      for (const surface of this.#surfaces.values()) surface.close();
    };
  }

  /** Watches a track for as long as the returned function is not called. The person sees that. */
  watch(ref: TrackRef, tier: Tier): () => void {
    return this.#watchSet.want(ref, tier);
  }

  /** What the hub said last of a track; `undefined` before it said anything. Snapshot for `useSyncExternalStore`. */
  state(ref: TrackRef): TrackState | undefined {
    return this.#states.get(trackKey(ref));
  }

  onState(ref: TrackRef, listener: () => void): () => void {
    const key = trackKey(ref);
    const listeners = this.#stateListeners.get(key) ?? new Set();
    this.#stateListeners.set(key, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#stateListeners.get(key) === listeners) this.#stateListeners.delete(key);
    };
  }

  /** The canvas of a track: the same one each time. An enlarged one begins with what the wall shows. */
  surface(ref: TrackRef, tier: Tier): Surface {
    const key = `${trackKey(ref)} ${tier}`;
    const surface = this.#surfaces.get(key) ?? new Surface(this.#ports);
    this.#surfaces.delete(key);
    this.#surfaces.set(key, surface);
    if (tier === "focus") surface.preview(this.surface(ref, "wall"));
    return surface;
  }

  #takeMessage(message: PortalDown): void {
    if (message.type !== "track_state") return;
    const key = trackKey(message);
    // Late word of a watch that has ended: the next one gets a number of its own.
    if (!this.#watchSet.watched().has(key)) return;
    this.#keysByNumber.set(message.number, key);
    this.#states.delete(key);
    this.#states.set(key, message);
    for (const oldest of this.#states.keys()) {
      if (this.#states.size <= TRACKS_MAX) break;
      this.#states.delete(oldest);
    }
    for (const listener of this.#stateListeners.get(key) ?? []) listener();
  }

  #takeFrame(message: ArrayBuffer): void {
    const { messageId, frame } = readFrame(message);
    if (messageId === undefined) return;
    const done = this.#acknowledger.received(messageId);
    const key = frame && this.#keysByNumber.get(frame.number);
    const surface = frame && key ? this.#surfaces.get(`${key} ${frame.tier}`) : undefined;
    if (!frame || !surface) {
      done();
      return;
    }
    if (frame.kind === "same") {
      surface.confirm(frame.capturedAtMs);
      done();
      return;
    }
    const assembled = this.#assembly.add(frame);
    if (assembled.kind === "picture") surface.take(assembled.picture, done);
    // A part is no picture, so nothing waits to be painted: held back, it could keep the next part from being sent.
    else done();
  }

  /** Of what is not watched any more, what is still on its way is of no use; the last picture stays for a while. */
  #dropUnwatched(): void {
    const watched = this.#watchSet.watched();
    for (const [number, key] of this.#keysByNumber) {
      if (watched.has(key)) continue;
      this.#keysByNumber.delete(number);
      this.#assembly.forget(number);
      this.#surfaces.get(`${key} wall`)?.forget();
      this.#surfaces.get(`${key} focus`)?.forget();
    }
    const idle = [...this.#surfaces].filter(([key, surface]) => surface.shown() && !this.#isInUse(key, surface));
    // An enlarged picture is large, and older than the wall's the next time.
    for (const [key, surface] of idle) if (key.endsWith(" focus")) surface.close();
    const walls = idle.filter(([key]) => key.endsWith(" wall"));
    for (const [, surface] of walls.slice(0, Math.max(0, walls.length - IDLE_PICTURES_MAX))) surface.close();
    for (const [key, surface] of this.#surfaces) {
      if (this.#surfaces.size <= TRACKS_MAX) break;
      if (!surface.shown() && !this.#isInUse(key, surface)) this.#surfaces.delete(key);
    }
  }

  #isInUse(surfaceKey: string, { canvas }: Surface): boolean {
    const [key = "", tier] = surfaceKey.split(" ");
    return canvas.isConnected || this.#watchSet.watched().get(key)?.tier === tier;
  }

  /** Numbers and message ids are those of one socket. */
  #forgetSocket(): void {
    this.#acknowledger.reset();
    this.#assembly.clear();
    this.#keysByNumber.clear();
    for (const surface of this.#surfaces.values()) surface.forget();
  }
}
