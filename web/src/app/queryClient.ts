import { QueryClient } from "@tanstack/react-query";
import { ApiError, isTemporary } from "@/lib/http/apiError";
import { reconnectDelayMs } from "@/lib/ws/backoff";

const RETRIES_MAX = 3;

/** The cache of what the hub said. Asks again only where that can help, and when the hub says that it may. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, error) => failures < RETRIES_MAX && isTemporary(error),
      retryDelay: (failures, error) =>
        reconnectDelayMs(failures, Math.random(), error instanceof ApiError ? error.retryAfterMs : undefined),
      // A hub on this machine answers without any network.
      networkMode: "always",
    },
    mutations: { networkMode: "always" },
  },
});
