import type { EmployeeId } from "@/api/types";
import { request } from "@/lib/http/request";

/** A one-time link with which a person chooses their password. */
export interface Invite {
  link: string;
  expiresAt: number;
}

/** Makes a link; the last one that was made for the person stops working. */
export function invite(id: EmployeeId): Promise<Invite> {
  return request<Invite>("POST", `/api/employees/${encodeURIComponent(id)}/invite`);
}
