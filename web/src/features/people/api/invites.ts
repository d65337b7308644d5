import type { EmployeeId, Invite } from "@/api/types";
import { request } from "@/lib/http/request";

/** Makes a link; the last one that was made for the person stops working. */
export function invite(id: EmployeeId): Promise<Invite> {
  return request<Invite>("POST", `/api/employees/${encodeURIComponent(id)}/invite`);
}
