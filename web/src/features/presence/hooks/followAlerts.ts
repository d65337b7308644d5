import type { PortalSocket } from "@/lib/ws/portalSocket";
import type { AlertStore } from "../model/alertStore";

/** Feeds the store with what the hub announces. Returns how to stop. */
export function followAlerts(socket: PortalSocket, store: AlertStore): () => void {
  return socket.onMessage((message) => {
    if (message.type === "event") store.take(message);
  });
}
