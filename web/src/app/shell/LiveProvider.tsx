import { type ReactNode, useEffect, useState } from "react";
import { fetchSocketTicket } from "@/features/auth/api/session";
import { refreshSession } from "@/lib/http/sessionRefresh";
import { wallClockMs } from "@/lib/time/wallClock";
import { PortalSocket } from "@/lib/ws/portalSocket";
import { PortalSocketProvider } from "@/lib/ws/usePortalSocket";

const SUBPROTOCOL = "muster.portal.v1";

function makeSocket(): PortalSocket {
  return new PortalSocket({
    open: () => new WebSocket(new URL("/ws/portal", location.href.replace(/^http/, "ws")), SUBPROTOCOL),
    fetchTicket: fetchSocketTicket,
    renewSession: () => refreshSession(wallClockMs()),
    nowMs: wallClockMs,
    random: Math.random,
  });
}

/** One socket for the whole page, open as long as somebody is signed in. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const [socket] = useState(makeSocket);
  useEffect(() => {
    socket.start();
    return () => socket.close();
  }, [socket]);
  return <PortalSocketProvider value={socket}>{children}</PortalSocketProvider>;
}
