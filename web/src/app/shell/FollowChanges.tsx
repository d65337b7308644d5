import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { usePortalSocket } from "@/lib/ws/usePortalSocket";

/** What an announcement makes untrue: the first words of the keys in the cache. */
const CONCERNED: Readonly<Record<string, readonly string[]>> = {
  policy_changed: ["policy"],
  notice_published: ["notice"],
  person_changed: ["people", "teams", "notice", "devices"],
};
/** Many announcements at once, as an import makes them, are one. */
const COLLECTED_MS = 300;

/** Keeps every open page true: what somebody else changed is asked for again. */
export function FollowChanges() {
  const socket = usePortalSocket();
  const queryClient = useQueryClient();
  useEffect(() => {
    const concerned = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = socket.onMessage((message) => {
      if (message.type !== "event") return;
      for (const key of CONCERNED[message.kind] ?? []) concerned.add(key);
      if (concerned.size === 0 || timer !== undefined) return;
      timer = setTimeout(() => {
        timer = undefined;
        renew(queryClient, concerned);
      }, COLLECTED_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [socket, queryClient]);
  return null;
}

function renew(queryClient: QueryClient, concerned: Set<string>): void {
  for (const key of concerned) void queryClient.invalidateQueries({ queryKey: [key] });
  concerned.clear();
}
