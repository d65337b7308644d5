import type { EmployeeId, MessageOf, PortalDown } from "@/api/types";

/** How many people's failed pictures are remembered. What is older falls out: the newest are what can still be mended. */
const FAILURES_MAX = 200;

export type PortalEvent = MessageOf<PortalDown, "event">;

/** Many connections broke at once. */
export interface MassDrop {
  lost: number;
  atMs: number;
}

/** An agent that could not take a picture, until it takes one again. */
export interface CaptureFailure {
  employee: EmployeeId;
  reason: string;
  atMs: number;
}

/** What is wrong at the moment, as far as the page was told while it was open. */
export interface Alerts {
  massDrop: MassDrop | undefined;
  /** One per person, the latest first. */
  failures: readonly CaptureFailure[];
}

export const NO_ALERTS: Alerts = { massDrop: undefined, failures: [] };

/** What one event changes; the same object if nothing. */
export function stepAlerts(alerts: Alerts, event: PortalEvent): Alerts {
  switch (event.kind) {
    case "mass_drop":
      return { ...alerts, massDrop: { lost: event.lost, atMs: event.at } };
    case "capture_failed": {
      const failure = { employee: event.employee, reason: event.reason, atMs: event.at };
      return { ...alerts, failures: [failure, ...without(alerts.failures, event.employee)].slice(0, FAILURES_MAX) };
    }
    case "screenshot_stored": {
      const isMended = alerts.failures.some(({ employee, atMs }) => employee === event.employee && atMs <= event.at);
      return isMended ? { ...alerts, failures: without(alerts.failures, event.employee) } : alerts;
    }
    default:
      return alerts;
  }
}

function without(failures: readonly CaptureFailure[], employee: EmployeeId): readonly CaptureFailure[] {
  return failures.filter((failure) => failure.employee !== employee);
}
