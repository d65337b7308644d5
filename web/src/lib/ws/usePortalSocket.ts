import { createContext, use, useSyncExternalStore } from "react";
import type { ConnectionState } from "./connectionState";
import type { PortalSocket } from "./portalSocket";

const PortalSocketContext = createContext<PortalSocket | undefined>(undefined);

/** Hands the page's socket to what is inside. Rendered by the frame, for as long as somebody is signed in. */
export const PortalSocketProvider = PortalSocketContext.Provider;

export function usePortalSocket(): PortalSocket {
  const socket = use(PortalSocketContext);
  if (!socket) throw new Error("usePortalSocket is for what stands inside the frame");
  return socket;
}

export function useConnectionState(): ConnectionState {
  const socket = usePortalSocket();
  return useSyncExternalStore(socket.onState, socket.state);
}
