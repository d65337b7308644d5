import type { PortalSocket } from "@/lib/ws/portalSocket";
import type { WatcherStore } from "../model/watcherStore";

/**
 * Feeds the store. A new socket begins with nobody: the hub says at once who watches, and says nothing if nobody does.
 * `onChange` is called when the hub has said something. Returns how to stop.
 */
export function followWatchers(socket: PortalSocket, store: WatcherStore, onChange: () => void): () => void {
  const stops = [
    socket.onReady(() => store.take([])),
    socket.onMessage((message) => {
      if (message.type !== "watchers") return;
      store.take(message.people);
      onChange();
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
