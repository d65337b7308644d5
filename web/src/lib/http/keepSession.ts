import { request } from "./request";

/** Renews the session if it has run out: before the browser itself asks for something, which it would ask for only once. */
export async function keepSession(): Promise<void> {
  await request<unknown>("GET", "/api/auth/me");
}
