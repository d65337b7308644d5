import { queryOptions } from "@tanstack/react-query";
import type { Invitation } from "@/api/types";
import { request } from "@/lib/http/request";

/** What a link says. The token travels in the body, because addresses are logged. */
export function invitationQuery(token: string) {
  return queryOptions({
    queryKey: ["invite", token],
    queryFn: ({ signal }) => request<Invitation>("POST", "/api/invite", { body: { token }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    enabled: token !== "",
  });
}

/** Uses the link up: sets the password, and signs in by the answer's cookies. */
export async function acceptInvite(token: string, password: string): Promise<void> {
  await request<unknown>("POST", "/api/invite/accept", { body: { token, password } });
}
