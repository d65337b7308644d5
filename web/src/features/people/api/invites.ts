import { infiniteQueryOptions } from "@tanstack/react-query";
import type { EmployeeId, Invite, OpenInvitationPage } from "@/api/types";
import { queryString } from "@/lib/http/queryString";
import { request } from "@/lib/http/request";
import { PEOPLE_KEY } from "./employees";

const PAGE_ROWS = 100;

/** The links that are out for those whom the caller may manage, the first to end first. */
export const invitationsQuery = infiniteQueryOptions({
  queryKey: [...PEOPLE_KEY, "invitations"],
  queryFn: ({ pageParam, signal }) =>
    request<OpenInvitationPage>("GET", `/api/invitations${queryString({ limit: PAGE_ROWS, cursor: pageParam })}`, {
      signal,
    }),
  initialPageParam: "",
  getNextPageParam: (last) => last.next ?? undefined,
});

/** Where the same are as a file. */
export function invitationsExportPath(format: "csv" | "xlsx"): string {
  return `/api/invitations${queryString({ format })}`;
}

/** Makes a link; the last one that was made for the person stops working. */
export function invite(id: EmployeeId): Promise<Invite> {
  return request<Invite>("POST", invitePath(id));
}

/** Takes the person's link back. Refused with `not_found` if it was used meanwhile. */
export async function takeBack(id: EmployeeId): Promise<void> {
  await request<unknown>("DELETE", invitePath(id));
}

function invitePath(id: EmployeeId): string {
  return `/api/employees/${encodeURIComponent(id)}/invite`;
}
