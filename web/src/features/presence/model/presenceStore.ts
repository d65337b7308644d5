import type { EmployeeId, PresenceEntry } from "@/api/types";
import { foldText } from "./foldText";
import { type Cursor, type PresenceMessage, stepPresence } from "./presenceStep";

/** Calls `flush` once, soon: with the next picture that the browser draws. */
export type Schedule = (flush: () => void) => void;

/**
 * Everybody's presence, for `useSyncExternalStore`: one listener per employee, so that a change draws one card, and one
 * kind of listener for the board's shape (who is where, in which order), which most changes do not touch.
 *
 * What is known changes at once, listeners hear of it together, once per drawn picture: messages that come faster than the
 * screen can show cost one drawing, and a hidden page, which draws nothing, costs none.
 */
export class PresenceStore {
  readonly #schedule: Schedule;
  /** Whose listeners have not been told yet. */
  readonly #untold = new Set<EmployeeId>();
  #isScheduled = false;
  #isReshaped = false;
  readonly #entries = new Map<EmployeeId, PresenceEntry>();
  readonly #entryListeners = new Map<EmployeeId, Set<() => void>>();
  readonly #shapeListeners = new Set<() => void>();
  #cursor: Cursor;
  #shape = 0;
  #isLoaded = false;

  constructor(schedule: Schedule) {
    this.#schedule = schedule;
  }

  /** Whether a state has ever come. Afterwards the last known one stays, also while the connection is away. */
  readonly isLoaded = (): boolean => this.#isLoaded;

  /** Changes whenever somebody appears, goes, or may have moved on the board. */
  readonly shape = (): number => this.#shape;

  readonly entry = (employee: EmployeeId): PresenceEntry | undefined => this.#entries.get(employee);

  entries(): Iterable<PresenceEntry> {
    return this.#entries.values();
  }

  readonly onShape = (listener: () => void): (() => void) => {
    this.#shapeListeners.add(listener);
    return () => this.#shapeListeners.delete(listener);
  };

  onEntry(employee: EmployeeId, listener: () => void): () => void {
    const listeners = this.#entryListeners.get(employee) ?? new Set();
    this.#entryListeners.set(employee, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#entryListeners.delete(employee);
    };
  }

  /** A subscription was sent: diffs before its state are not for this board. */
  awaitState(): void {
    this.#cursor = undefined;
  }

  /** Takes a message. Says whether the state has to be asked for again. */
  take(message: PresenceMessage): "followed" | "resubscribe" {
    const step = stepPresence(this.#cursor, message);
    if (step.kind === "ignore") return "followed";
    this.#cursor = step.cursor;
    switch (step.kind) {
      case "resubscribe":
        return "resubscribe";
      case "replace":
        this.#replace(step.entries);
        return "followed";
      case "patch":
        this.#patch(step.changed, step.gone);
        return "followed";
    }
  }

  #replace(entries: readonly PresenceEntry[]): void {
    const staying = new Set(entries.map((entry) => entry.employee));
    const gone = [...this.#entries.keys()].filter((employee) => !staying.has(employee));
    this.#isReshaped ||= !this.#isLoaded;
    this.#isLoaded = true;
    // The map keeps this order, so that the board, which is mostly by name, finds little left to sort.
    this.#patch(entries.toSorted(byName), gone);
  }

  #patch(changed: readonly PresenceEntry[], gone: readonly EmployeeId[]): void {
    for (const entry of changed) {
      const before = this.#entries.get(entry.employee);
      this.#entries.set(entry.employee, entry);
      this.#untold.add(entry.employee);
      this.#isReshaped ||= before === undefined || mayMove(before, entry);
    }
    for (const employee of gone) {
      if (!this.#entries.delete(employee)) continue;
      this.#untold.add(employee);
      this.#isReshaped = true;
    }
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#schedule(() => this.#tell());
  }

  #tell(): void {
    this.#isScheduled = false;
    const touched = [...this.#untold];
    this.#untold.clear();
    for (const employee of touched) {
      for (const listener of this.#entryListeners.get(employee) ?? []) listener();
    }
    if (!this.#isReshaped) return;
    this.#isReshaped = false;
    this.#shape += 1;
    for (const listener of this.#shapeListeners) listener();
  }
}

function byName(a: PresenceEntry, b: PresenceEntry): number {
  const [ofA, ofB] = [foldText(a.name), foldText(b.name)];
  return ofA < ofB ? -1 : ofA > ofB ? 1 : 0;
}

/** Whether any field that filtering, counting, grouping or sorting looks at is another one. */
function mayMove(before: PresenceEntry, after: PresenceEntry): boolean {
  return (
    before.status !== after.status ||
    before.since !== after.since ||
    before.overlay !== after.overlay ||
    before.unstable !== after.unstable ||
    before.name !== after.name ||
    before.team !== after.team ||
    String(before.tracks) !== String(after.tracks) ||
    (after.status === "offline" && before.last_seen !== after.last_seen)
  );
}
