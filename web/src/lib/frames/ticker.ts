/** Often enough that a whole second of age never shows late by more than the eye minds. */
const TICK_EVERY_MS = 250;

/** One timer for every age on the page. Runs only while somebody listens and the page is visible. */
export class Ticker {
  readonly #listeners = new Set<() => void>();
  #timer: ReturnType<typeof setInterval> | undefined;

  /** Listeners write text and nothing else: they run four times a second, one per tile. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) {
      document.addEventListener("visibilitychange", this.#follow);
      this.#follow();
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      document.removeEventListener("visibilitychange", this.#follow);
      clearInterval(this.#timer);
    };
  };

  readonly #follow = (): void => {
    clearInterval(this.#timer);
    if (document.visibilityState === "hidden") return;
    this.#tick();
    this.#timer = setInterval(this.#tick, TICK_EVERY_MS);
  };

  readonly #tick = (): void => {
    for (const listener of this.#listeners) listener();
  };
}
