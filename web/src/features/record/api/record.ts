import { queryOptions } from "@tanstack/react-query";
import type {
  AuditPage,
  Correction,
  Device,
  DevicePage,
  EmployeeId,
  OrganizationSettings,
  PolicyView,
  ReceiptPage,
  Retention,
} from "@/api/types";
import { type FetchedFile, fetchFile } from "@/lib/http/fetchFile";
import { request } from "@/lib/http/request";

/** Corrections are listed for at most this long; the hub's own limit for a report is a day more. */
const CORRECTIONS_DAYS = 366;
const DAY_MS = 24 * 60 * 60 * 1000;

/** What may be captured of the person, and which layers decided it. */
export function ownPolicyQuery(employee: EmployeeId) {
  return queryOptions({
    queryKey: ["policy", "own", employee],
    queryFn: ({ signal }) =>
      request<PolicyView>("GET", `/api/policy?employee=${encodeURIComponent(employee)}`, { signal }),
  });
}

/** For how many days each kind of record is kept. */
export const retentionQuery = queryOptions({
  queryKey: ["org", "retention"],
  queryFn: async ({ signal }): Promise<Retention> =>
    (await request<OrganizationSettings>("GET", "/api/org", { signal })).retention,
});

/** The machines that may record the person, the latest enrolled first, and those that no longer may. */
export function ownDevicesQuery(employee: EmployeeId) {
  return queryOptions({
    queryKey: ["devices", "own", employee],
    queryFn: async ({ signal }): Promise<readonly Device[]> => {
      const path = `/api/devices?limit=100&employee=${encodeURIComponent(employee)}`;
      return (await request<DevicePage>("GET", path, { signal })).items;
    },
  });
}

/** Cuts a machine off: its agent may record and report nothing more. */
export async function revokeDevice({ deviceId }: Device): Promise<void> {
  await request<unknown>("DELETE", `/api/devices/${encodeURIComponent(deviceId)}`);
}

/** What people changed about the person's hours of the last year, the latest change first. */
export function ownCorrectionsQuery(employee: EmployeeId, todayStartMs: number) {
  return queryOptions({
    queryKey: ["work", "corrections", "own", employee, todayStartMs],
    queryFn: async ({ signal }): Promise<readonly Correction[]> => {
      const from = todayStartMs - CORRECTIONS_DAYS * DAY_MS;
      const path = `/api/work/corrections?employee=${encodeURIComponent(employee)}&from=${from}`;
      const corrections = await request<Correction[]>("GET", path, { signal });
      return corrections.sort((a, b) => b.at - a.at);
    },
  });
}

/** How many lines a card shows; the file has all of them. */
export const SHOWN_ROWS = 20;

/** The receipts of what was deleted of the person's records, the latest first. */
export function ownReceiptsQuery(employee: EmployeeId) {
  return queryOptions({
    queryKey: ["receipts", "own", employee],
    queryFn: ({ signal }) => request<ReceiptPage>("GET", `/api/me/receipts?limit=${SHOWN_ROWS}`, { signal }),
  });
}

/** What the person did and what was done to them, the latest first. */
export function ownEntriesQuery(employee: EmployeeId) {
  return queryOptions({
    queryKey: ["audit", "own", employee],
    queryFn: ({ signal }) => request<AuditPage>("GET", `/api/me/audit?limit=${SHOWN_ROWS}`, { signal }),
  });
}

/** Everything that is recorded of the person, as the hub writes it. */
export function fetchOwnRecord(employee: EmployeeId): Promise<FetchedFile> {
  return fetchFile("/api/me/export", `muster-${employee}.json`);
}
