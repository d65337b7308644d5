import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { PortalDown } from "@/api/types";
import { usePortalSocket } from "@/lib/ws/usePortalSocket";
import { alertsQuery, takeAlertEvent } from "../api/alerts";
import type { AlertEvent } from "../model/alert";

/** Keeps the alerts true while the page is open. Called once, by what stands in the frame. */
export function useAlertEvents(): void {
  const socket = usePortalSocket();
  const queryClient = useQueryClient();
  useEffect(() => {
    const stops = [
      socket.onMessage((message) => {
        const event = alertEventOf(message);
        if (event) takeAlertEvent(queryClient, event);
      }),
      // What came and went while the socket was away was told to nobody.
      socket.onReady(() => void queryClient.invalidateQueries({ queryKey: alertsQuery.queryKey })),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [socket, queryClient]);
}

function alertEventOf(message: PortalDown): AlertEvent | undefined {
  if (message.type !== "event") return undefined;
  return message.kind === "alert_raised" || message.kind === "alert_cleared" ? message : undefined;
}
