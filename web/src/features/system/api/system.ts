import { queryOptions } from "@tanstack/react-query";
import { request } from "@/lib/http/request";

/** The hub at a moment. What the machine does not tell is null. */
export interface System {
  version: string;
  startedAt: number;
  uptimeMs: number;
  database: { url: string; healthy: boolean; schemaVersion: number; latencyMs: number | null };
  sockets: { agents: number; portals: number };
  actors: { employees: number; rebuilt: number };
  journal: { waiting: number; capacity: number };
  live: { tracks: number; viewers: number; framesPerSecond: number };
  storage: { dataBytes: number | null; blobBytes: number | null; freeBytes: number | null };
  memory: { residentBytes: number | null };
  limits: {
    agentSocketsMax: number;
    portalSocketsMax: number;
    requestsPerSecond: number;
    loginAttemptsPerMinute: number;
    agentMessagesPerSecond: number;
    offlineAfterMs: number;
    idleAfterMs: number;
  };
}

/** Cheap for the hub, and slow enough to read. */
const ASKED_AGAIN_AFTER_MS = 5_000;

/** How the hub is doing, asked for as long as somebody looks. */
export const systemQuery = queryOptions({
  queryKey: ["system"],
  queryFn: ({ signal }) => request<System>("GET", "/api/system", { signal }),
  refetchInterval: ASKED_AGAIN_AFTER_MS,
  retry: false,
});
