import type { MassDrop } from "./massDrop";

/** The last mass drop, until it was read, for `useSyncExternalStore`. Lives in the frame: it is heard on whatever page one is. */
export class MassDropStore {
  readonly #listeners = new Set<() => void>();
  #drop: MassDrop | undefined;

  readonly drop = (): MassDrop | undefined => this.#drop;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  take(drop: MassDrop): void {
    this.#set(drop);
  }

  /** The person has read it. */
  readonly dismiss = (): void => this.#set(undefined);

  #set(drop: MassDrop | undefined): void {
    this.#drop = drop;
    for (const listener of this.#listeners) listener();
  }
}
