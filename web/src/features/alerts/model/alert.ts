import type { Alert, MessageOf, PortalDown } from "@/api/types";

/** What the hub says of alerts over the socket. */
export type AlertEvent = Extract<MessageOf<PortalDown, "event">, { kind: "alert_raised" | "alert_cleared" }>;

/** How many a page holds on to; the rest is asked for. */
export const ALERTS_MAX = 200;

export function isOpen(alert: Alert): boolean {
  return alert.until == null;
}

/** As the hub lists them: what holds comes first, the latest first within both. */
export function stepAlerts(alerts: readonly Alert[], event: AlertEvent): readonly Alert[] {
  if (event.kind === "alert_raised") {
    return inOrder([event.alert, ...alerts.filter(({ id }) => id !== event.alert.id)]).slice(0, ALERTS_MAX);
  }
  if (!alerts.some((alert) => alert.id === event.id && isOpen(alert))) return alerts;
  return inOrder(alerts.map((alert) => (alert.id === event.id ? { ...alert, until: event.until } : alert)));
}

function inOrder(alerts: readonly Alert[]): readonly Alert[] {
  return [...alerts].sort((a, b) => Number(isOpen(b)) - Number(isOpen(a)) || latest(b) - latest(a));
}

function latest({ since, until }: Alert): number {
  return until ?? since;
}
