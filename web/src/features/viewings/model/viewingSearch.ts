import type { EmployeeId } from "@/api/types";

/** Which viewings, as in the address: `?employee=INT2607&from=2026-11-01&to=2026-11-20`. */
export interface ViewingSearch {
  /** Who was watched. */
  employee?: EmployeeId;
  /** Days of the organization's zone, both included. */
  from?: string;
  to?: string;
}

/** Reads what may be anything, drops what makes no sense. */
export function parseViewingSearch(search: Record<string, unknown>): ViewingSearch {
  return {
    // The router reads `?employee=2607` as a number.
    employee: search.employee == null ? undefined : (/^[\w.-]{1,64}$/.exec(String(search.employee))?.[0] ?? undefined),
    from: day(search.from),
    to: day(search.to),
  };
}

/** The query of `GET /api/viewings`, in a stable order. */
export function viewingQueryString(search: ViewingSearch, more: Record<string, string | number> = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...search, ...more })) {
    if (value !== undefined) parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text === "" ? "" : `?${text}`;
}

function day(value: unknown): string | undefined {
  return typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value))
    ? value
    : undefined;
}
