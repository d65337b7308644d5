import type { Close, MessageOf, PortalDown, PortalUp } from "@/api/types";
import { ApiError } from "@/lib/http/apiError";
import { reconnectDelayMs } from "./backoff";
import { type ClosePlan, planAfterClose } from "./closePlan";
import { type ConnectionState, SESSION_OVER } from "./connectionState";

/** From opening to `ready`. The hub itself gives up on a silent newcomer after five seconds. */
const READY_WITHIN_MS = 10_000;
/** A socket on which this many pings are overdue is dead, whatever the operating system believes. */
const PINGS_MISSED_MAX = 2.5;
/** Only a socket that lived this long forgives the failures before it; one that dies at once must not spin. */
const HEALTHY_AFTER_MS = 10_000;
/** "Normal closure": a browser may send no code of the hub's own ranges that would fit better. */
const GOING_AWAY = 1000;

/** What the socket needs from outside; tests hand in their own. */
export interface PortalSocketPorts {
  open(): WebSocket;
  /** A one-time ticket. Throws `ApiError` 401 if nobody is signed in. */
  fetchTicket(): Promise<string>;
  /** Renews the session; false if it is over. */
  renewSession(): Promise<boolean>;
  nowMs(): number;
  /** In 0..1. */
  random(): number;
}

type Listener<Payload> = (payload: Payload) => void;
type Ready = MessageOf<PortalDown, "ready">;

/**
 * The one socket of the page: keeps it open, signs it in, answers pings, and tells its listeners what comes.
 *
 * It knows nothing of what the messages mean. A listener of `onReady` sends its subscriptions, after each reconnect anew.
 */
export class PortalSocket {
  readonly #ports: PortalSocketPorts;
  readonly #stateListeners = new Set<() => void>();
  readonly #readyListeners = new Set<Listener<Ready>>();
  readonly #messageListeners = new Set<Listener<PortalDown>>();
  readonly #frameListeners = new Set<Listener<ArrayBuffer>>();
  #state: ConnectionState = { phase: "closed" };
  #socket: WebSocket | undefined;
  /** Counts attempts, so that what an abandoned one still says is ignored. */
  #life = 0;
  #failures = 0;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #watchTimer: ReturnType<typeof setTimeout> | undefined;
  #heardAtMs = 0;
  #silenceMsMax = READY_WITHIN_MS;
  #connectedAtMs: number | undefined;
  #closeMessage: Close | undefined;

  constructor(ports: PortalSocketPorts) {
    this.#ports = ports;
  }

  /** Snapshot for `useSyncExternalStore`. */
  readonly state = (): ConnectionState => this.#state;
  readonly onState = (listener: () => void): (() => void) => listenIn(this.#stateListeners, listener);
  readonly onReady = (listener: Listener<Ready>): (() => void) => listenIn(this.#readyListeners, listener);
  readonly onMessage = (listener: Listener<PortalDown>): (() => void) => listenIn(this.#messageListeners, listener);
  /** Hears every binary message, as it came. */
  readonly onFrame = (listener: Listener<ArrayBuffer>): (() => void) => listenIn(this.#frameListeners, listener);

  /** Connects. Called when the frame appears, and by the person after a stop. */
  start(): void {
    if (this.#state.phase !== "closed" && this.#state.phase !== "stopped") return;
    this.#failures = 0;
    window.addEventListener("online", this.#resume);
    window.addEventListener("pageshow", this.#resume);
    document.addEventListener("visibilitychange", this.#resume);
    void this.#connect();
  }

  /** Ends the connection for good, at sign-out or when the frame goes. */
  close(): void {
    window.removeEventListener("online", this.#resume);
    window.removeEventListener("pageshow", this.#resume);
    document.removeEventListener("visibilitychange", this.#resume);
    this.#abandon();
    this.#setState({ phase: "closed" });
  }

  /** Sends if the socket is open. Nothing is queued: whoever has something to say says it again on `ready`. */
  send(message: PortalUp): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  /** Gives up waiting and tries now. Called by the person. */
  readonly retryNow = (): void => {
    if (this.#state.phase === "waiting") void this.#connect();
  };

  async #connect(): Promise<void> {
    this.#abandon();
    const life = this.#life;
    this.#setState({ phase: "connecting" });
    let ticket: string;
    try {
      ticket = await this.#ports.fetchTicket();
    } catch (error) {
      if (life === this.#life) this.#follow(planAfterRefusal(error));
      return;
    }
    if (life !== this.#life) return;

    const socket = this.#ports.open();
    this.#socket = socket;
    socket.binaryType = "arraybuffer";
    socket.onopen = () => this.send({ type: "authenticate", ticket });
    socket.onmessage = (event: MessageEvent) => this.#receive(event.data);
    socket.onclose = (event: CloseEvent) => this.#follow(planAfterClose(event.code, event.reason, this.#closeMessage));
    this.#heardAtMs = this.#ports.nowMs();
    this.#silenceMsMax = READY_WITHIN_MS;
    this.#watchSilence();
  }

  #receive(data: unknown): void {
    this.#heardAtMs = this.#ports.nowMs();
    if (data instanceof ArrayBuffer) {
      for (const listener of this.#frameListeners) listener(data);
      return;
    }
    if (typeof data !== "string") return;
    const message = JSON.parse(data) as PortalDown;
    switch (message.type) {
      case "ping":
        this.send({ type: "pong" });
        return;
      case "close":
        this.#closeMessage = message;
        return;
      case "ready":
        this.#silenceMsMax = message.ping_every_ms * PINGS_MISSED_MAX;
        this.#watchSilence();
        this.#connectedAtMs = this.#heardAtMs;
        for (const listener of this.#readyListeners) listener(message);
        this.#setState({ phase: "connected" });
        return;
      default:
        for (const listener of this.#messageListeners) listener(message);
    }
  }

  #follow(plan: ClosePlan): void {
    const livedMs = this.#connectedAtMs === undefined ? 0 : this.#ports.nowMs() - this.#connectedAtMs;
    if (livedMs >= HEALTHY_AFTER_MS) this.#failures = 0;
    this.#abandon();
    switch (plan.kind) {
      case "stop":
        this.#setState({ phase: "stopped", why: plan.why });
        return;
      case "renew_session":
        void this.#renewAndWait();
        return;
      case "reconnect":
        this.#wait(plan.hintMs);
    }
  }

  async #renewAndWait(): Promise<void> {
    const life = this.#life;
    this.#setState({ phase: "connecting" });
    // A hub that cannot say now is asked again by the ticket of the next attempt.
    const isOver = await this.#ports.renewSession().then(
      (isRenewed) => !isRenewed,
      () => false,
    );
    if (life !== this.#life) return;
    if (isOver) this.#setState({ phase: "stopped", why: SESSION_OVER });
    else this.#wait();
  }

  #wait(hintMs?: number): void {
    const delayMs = reconnectDelayMs(this.#failures, this.#ports.random(), hintMs);
    this.#failures += 1;
    this.#retryTimer = setTimeout(() => void this.#connect(), delayMs);
    this.#setState({ phase: "waiting", untilMs: this.#ports.nowMs() + delayMs });
  }

  /** The page is looked at again, or the network is back: a wait is over, and a silent socket is found out at once. */
  readonly #resume = (): void => {
    if (document.visibilityState === "hidden") return;
    if (this.#state.phase === "waiting") void this.#connect();
    else if (this.#socket) this.#watchSilence();
  };

  /** One timer per socket: a message only notes the time; the timer looks, and sleeps for what is left. */
  #watchSilence(): void {
    clearTimeout(this.#watchTimer);
    const leftMs = this.#heardAtMs + this.#silenceMsMax - this.#ports.nowMs();
    if (leftMs > 0) this.#watchTimer = setTimeout(() => this.#watchSilence(), leftMs);
    else this.#follow({ kind: "reconnect" });
  }

  /** Forgets the socket and every timer; nothing of them is heard any more. */
  #abandon(): void {
    this.#life += 1;
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#watchTimer);
    this.#closeMessage = undefined;
    this.#connectedAtMs = undefined;
    const socket = this.#socket;
    this.#socket = undefined;
    if (!socket) return;
    socket.onopen = null;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close(GOING_AWAY);
  }

  #setState(state: ConnectionState): void {
    this.#state = state;
    for (const listener of this.#stateListeners) listener();
  }
}

function planAfterRefusal(error: unknown): ClosePlan {
  if (!(error instanceof ApiError)) return { kind: "reconnect" };
  if (error.status === 401) return { kind: "stop", why: SESSION_OVER };
  if (error.status === 403) return { kind: "stop", why: { code: 0, reason: error.message } };
  return { kind: "reconnect", hintMs: error.retryAfterMs };
}

function listenIn<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
