/** More than these nobody reads; the oldest falls out. */
const SHOWN_MAX = 3;

/** A sentence that says that something was done, and goes by itself. */
export interface Toast {
  id: number;
  words: string;
  /** Takes back what was done. */
  undo: (() => void) | undefined;
}

interface ToastOptions {
  /**
   * Offered for as long as the toast stands there. Whoever offers it also shows what goes wrong with it, on the page: a toast
   * never carries the only copy of an error.
   */
  undo?: () => void;
}

const NONE: readonly Toast[] = [];

/** The toasts of the page, the newest last, for `useSyncExternalStore`. */
export class ToastStore {
  readonly #listeners = new Set<() => void>();
  #toasts = NONE;
  #lastId = 0;

  readonly toasts = (): readonly Toast[] => this.#toasts;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Shows one; what says the same already gives way, so that a thing done five times is said once. */
  readonly show = (words: string, { undo }: ToastOptions = {}): void => {
    this.#lastId += 1;
    const others = this.#toasts.filter((toast) => toast.words !== words);
    this.#set([...others, { id: this.#lastId, words, undo }].slice(-SHOWN_MAX));
  };

  readonly dismiss = (id: number): void => {
    if (this.#toasts.some((toast) => toast.id === id)) this.#set(this.#toasts.filter((toast) => toast.id !== id));
  };

  /** Nobody is signed in any more: what was said to the last person is nobody's business. */
  readonly clear = (): void => {
    if (this.#toasts !== NONE) this.#set(NONE);
  };

  #set(toasts: readonly Toast[]): void {
    this.#toasts = toasts;
    for (const listener of this.#listeners) listener();
  }
}

/** The page's toasts; drawn by `ToastStack`. */
export const toastStore = new ToastStore();

/** Says that something was done: `showToast("Team renamed.", { undo: renameBack })`. */
export const showToast = toastStore.show;
