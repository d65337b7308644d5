import { queryOptions } from "@tanstack/react-query";
import type { Setup, SetupState } from "@/api/types";
import { request } from "@/lib/http/request";

/** Whether the hub waits for its first administrator. */
export const setupQuery = queryOptions({
  queryKey: ["setup"],
  queryFn: ({ signal }) => request<SetupState>("GET", "/api/setup", { signal }),
  staleTime: 0,
});

/** Makes the organization and its first administrator, who is signed in by the answer's cookies. */
export async function setUp(body: Setup): Promise<void> {
  await request<unknown>("POST", "/api/setup", { body });
}
