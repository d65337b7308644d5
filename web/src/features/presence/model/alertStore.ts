import { type Alerts, NO_ALERTS, type PortalEvent, stepAlerts } from "./alerts";

/** The alerts of the page, for `useSyncExternalStore`. Lives in the frame: an alert is heard on whatever page one is. */
export class AlertStore {
  readonly #listeners = new Set<() => void>();
  #alerts: Alerts = NO_ALERTS;

  readonly alerts = (): Alerts => this.#alerts;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  take(event: PortalEvent): void {
    this.#set(stepAlerts(this.#alerts, event));
  }

  /** The person has read it. */
  dismiss(kind: keyof Alerts): void {
    this.#set({ ...this.#alerts, [kind]: NO_ALERTS[kind] });
  }

  #set(alerts: Alerts): void {
    if (alerts === this.#alerts) return;
    this.#alerts = alerts;
    for (const listener of this.#listeners) listener();
  }
}
