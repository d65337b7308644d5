import { wallClockMs } from "./wallClock";

/**
 * The clock of every running timer on the page: ticks once a second, on the second of the hub, for all of them at once.
 *
 * It runs only while somebody listens and the page is visible; a page that comes back shows the right second at once.
 */
export class SharedClock {
  readonly #listeners = new Set<() => void>();
  #aheadMs = 0;
  #second = Math.floor(wallClockMs() / 1000);
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** The hub's time now, in milliseconds since 1970. */
  nowMs(): number {
    return wallClockMs() + this.#aheadMs;
  }

  /** The current whole second in milliseconds; changes once a second. Snapshot for `useSyncExternalStore`. */
  readonly secondMs = (): number => this.#second * 1000;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) {
      document.addEventListener("visibilitychange", this.#onVisibility);
      this.#tick();
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      document.removeEventListener("visibilitychange", this.#onVisibility);
      clearTimeout(this.#timer);
    };
  };

  /** Called with each `ready`: a wrong clock on this machine must not show in anybody's timer. */
  followHub(hubTimeMs: number): void {
    this.#aheadMs = hubTimeMs - wallClockMs();
    if (this.#listeners.size > 0) this.#tick();
  }

  readonly #onVisibility = (): void => {
    if (document.visibilityState === "visible") this.#tick();
    else clearTimeout(this.#timer);
  };

  readonly #tick = (): void => {
    clearTimeout(this.#timer);
    const nowMs = this.nowMs();
    const second = Math.floor(nowMs / 1000);
    if (second !== this.#second) {
      this.#second = second;
      for (const listener of this.#listeners) listener();
    }
    this.#timer = setTimeout(this.#tick, 1000 - (nowMs - second * 1000));
  };
}

/** The page's clock. */
export const sharedClock = new SharedClock();
