import type { EmployeeId } from "@/api/types";

/** Which entries, as in the address: `?actor=INT1&subject=INT2607&action=policy_changed&from=2026-11-01&to=2026-11-20`. */
export interface AuditSearch {
  /** Who did it. */
  actor?: EmployeeId;
  /** To whom. */
  subject?: EmployeeId;
  action?: string;
  /** Days of the organization's zone, both included. */
  from?: string;
  to?: string;
  /** The receipts of deletions, in place of the entries. */
  show?: "deletions";
}

/** Reads what may be anything, drops what makes no sense. */
export function parseAuditSearch(search: Record<string, unknown>): AuditSearch {
  return {
    actor: employee(search.actor),
    subject: employee(search.subject),
    action: typeof search.action === "string" ? /^[a-z_]{1,64}$/.exec(search.action)?.[0] : undefined,
    from: day(search.from),
    to: day(search.to),
    show: search.show === "deletions" ? "deletions" : undefined,
  };
}

export function isFiltered({ actor, subject, action, from, to }: AuditSearch): boolean {
  return [actor, subject, action, from, to].some((one) => one !== undefined);
}

function employee(value: unknown): EmployeeId | undefined {
  // The router reads `?actor=2607` as a number.
  return value == null ? undefined : /^[\w.-]{1,64}$/.exec(String(value))?.[0];
}

function day(value: unknown): string | undefined {
  return typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value))
    ? value
    : undefined;
}
