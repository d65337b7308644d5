import { infiniteQueryOptions, type QueryClient } from "@tanstack/react-query";
import type { Device, DevicePage, EmployeeId, EnrolmentCode } from "@/api/types";
import { queryString } from "@/lib/http/queryString";
import { request } from "@/lib/http/request";

const PAGE_ROWS = 200;
const KEY = ["devices"];

/** Devices, the latest enrolled first: of one person, or of everybody whom an administrator may ask about. */
export function devicesQuery(employee: EmployeeId | undefined) {
  return infiniteQueryOptions({
    queryKey: [...KEY, "list", employee ?? ""],
    queryFn: ({ pageParam, signal }) =>
      request<DevicePage>("GET", `/api/devices${queryString({ employee, limit: PAGE_ROWS, cursor: pageParam })}`, {
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
  });
}

/** Where the same devices are as a file. */
export function devicesExportPath(employee: EmployeeId | undefined, format: "csv" | "xlsx"): string {
  return `/api/devices${queryString({ employee, format })}`;
}

/** Makes a device's token worthless, and ends its session. */
export function revokeDevice(device: Device): Promise<Device> {
  return request<Device>("DELETE", `/api/devices/${encodeURIComponent(device.deviceId)}`);
}

/** Makes a code that enrols one device of a person, once, within a day. */
export function makeEnrolmentCode(employeeId: EmployeeId): Promise<EnrolmentCode> {
  return request<EnrolmentCode>("POST", "/api/devices/codes", { body: { employeeId } });
}

/** Something about devices changed: every list and count of them is asked for again. */
export function refreshDevices(queryClient: QueryClient): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: KEY });
}
