import { queryOptions } from "@tanstack/react-query";
import type { Login, Me, Ticket } from "@/api/types";
import { ApiError } from "@/lib/http/apiError";
import { readCsrfToken } from "@/lib/http/csrf";
import { request } from "@/lib/http/request";

/** Who is signed in; `null` if nobody is. Asked once and kept: a change of role closes the socket, which asks again. */
export const meQuery = queryOptions({
  queryKey: ["auth", "me"],
  queryFn: async ({ signal }): Promise<Me | null> => {
    if (!readCsrfToken()) return null;
    try {
      return await request<Me>("GET", "/api/auth/me", { signal });
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: Number.POSITIVE_INFINITY,
});

/** Signs in: the hub answers with the session's cookies. */
export async function signIn(email: string, password: string): Promise<void> {
  await request<unknown>("POST", "/api/auth/login", {
    body: { email, password, portal: true } satisfies Login,
  });
}

/** Signs out: offline at once, and the cookies are gone. */
export async function signOut(): Promise<void> {
  await request<unknown>("POST", "/api/auth/logout");
}

/** A one-time ticket for the portal's socket. */
export async function fetchSocketTicket(): Promise<string> {
  const { ticket } = await request<Ticket>("POST", "/api/auth/ticket");
  return ticket;
}
