import type { Watcher } from "@/api/types";
import { gatherWatchers, type WatchingPerson } from "./watchers";

const NOBODY: readonly WatchingPerson[] = [];

/** Who watches the person who is signed in, for `useSyncExternalStore`. */
export class WatcherStore {
  readonly #listeners = new Set<() => void>();
  #people = NOBODY;

  readonly people = (): readonly WatchingPerson[] => this.#people;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The hub says who watches now: all of them, each time. */
  take(watchers: readonly Watcher[]): void {
    this.#people = watchers.length === 0 ? NOBODY : gatherWatchers(watchers);
    for (const listener of this.#listeners) listener();
  }
}
