import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { NoticeState } from "@/api/types";
import { useHubEvent } from "@/lib/ws/useHubEvent";
import { usePortalSocket } from "@/lib/ws/usePortalSocket";
import { noticeQuery } from "../api/notice";

/**
 * The notice as far as it is known. A new one is shown at once; when the socket comes back it is asked for again, since one may
 * have been published meanwhile.
 */
export function useNotice(): NoticeState | undefined {
  const queryClient = useQueryClient();
  const socket = usePortalSocket();
  useEffect(
    () => socket.onReady(() => void queryClient.refetchQueries({ queryKey: noticeQuery.queryKey, stale: true })),
    [socket, queryClient],
  );
  useHubEvent("notice_published", () => void queryClient.invalidateQueries({ queryKey: noticeQuery.queryKey }));
  return useQuery(noticeQuery).data;
}
