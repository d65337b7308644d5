import type { EmployeeId } from "@/api/types";

/** Which devices, as in the address: `?employee=INT2607&state=all`. */
export interface DeviceSearch {
  employee?: EmployeeId;
  /** Default: those that can connect. */
  state?: "all";
}

/** Reads what may be anything, drops what makes no sense. */
export function parseDeviceSearch(search: Record<string, unknown>): DeviceSearch {
  return {
    // The router reads `?employee=2607` as a number.
    employee: search.employee == null ? undefined : /^[\w.-]{1,64}$/.exec(String(search.employee))?.[0],
    state: search.state === "all" ? "all" : undefined,
  };
}
