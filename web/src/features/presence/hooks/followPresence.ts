import type { Scope } from "@/api/types";
import { sharedClock } from "@/lib/time/sharedClock";
import type { PortalSocket } from "@/lib/ws/portalSocket";
import type { PresenceStore } from "../model/presenceStore";

/** Subscribes on every `ready`, and again after a gap; feeds the store. Returns how to stop. */
export function followPresence(socket: PortalSocket, store: PresenceStore, scope: Scope): () => void {
  function subscribe(): void {
    store.awaitState();
    socket.send({ type: "subscribe", presence: scope });
  }
  const stops = [
    socket.onReady((ready) => {
      sharedClock.followHub(ready.server_time);
      subscribe();
    }),
    socket.onMessage((message) => {
      if (message.type !== "presence_state" && message.type !== "presence_diff") return;
      if (store.take(message) === "resubscribe") subscribe();
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
