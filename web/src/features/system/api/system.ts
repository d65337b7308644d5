import { queryOptions } from "@tanstack/react-query";
import type { System } from "@/api/types";
import { request } from "@/lib/http/request";

/** Cheap for the hub, and slow enough to read. */
const ASKED_AGAIN_AFTER_MS = 5_000;

/** How the hub is doing, asked for as long as somebody looks. */
export const systemQuery = queryOptions({
  queryKey: ["system"],
  queryFn: ({ signal }) => request<System>("GET", "/api/system", { signal }),
  refetchInterval: ASKED_AGAIN_AFTER_MS,
  retry: false,
});
