import { useEffect, useRef } from "react";
import type { MessageOf, PortalDown } from "@/api/types";
import { usePortalSocket } from "./usePortalSocket";

export type HubEvent = MessageOf<PortalDown, "event">;

/** Calls `onEvent` for each event of a kind that the hub pushes while the caller is there. */
export function useHubEvent<Kind extends HubEvent["kind"]>(
  kind: Kind,
  onEvent: (event: Extract<HubEvent, { kind: Kind }>) => void,
): void {
  const socket = usePortalSocket();
  const newest = useRef(onEvent);
  newest.current = onEvent;
  useEffect(
    () =>
      socket.onMessage((message) => {
        if (message.type === "event" && message.kind === kind) {
          newest.current(message as Extract<HubEvent, { kind: Kind }>);
        }
      }),
    [socket, kind],
  );
}
