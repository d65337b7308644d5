import type { PortalSocket } from "@/lib/ws/portalSocket";
import { massDropOf } from "../model/massDrop";
import type { MassDropStore } from "../model/massDropStore";

/** Feeds the store with what the hub announces. Returns how to stop. */
export function followMassDrops(socket: PortalSocket, store: MassDropStore): () => void {
  return socket.onMessage((message) => {
    const drop = message.type === "event" ? massDropOf(message) : undefined;
    if (drop) store.take(drop);
  });
}
