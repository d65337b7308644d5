import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { NoticeState } from "@/api/types";
import { usePortalSocket } from "@/lib/ws/usePortalSocket";
import { noticeQuery } from "../api/notice";

/** The notice as far as it is known. Asked again when the socket comes back, since a text may have been published meanwhile. */
export function useNotice(): NoticeState | undefined {
  const queryClient = useQueryClient();
  const socket = usePortalSocket();
  useEffect(
    () => socket.onReady(() => void queryClient.refetchQueries({ queryKey: noticeQuery.queryKey, stale: true })),
    [socket, queryClient],
  );
  return useQuery(noticeQuery).data;
}
