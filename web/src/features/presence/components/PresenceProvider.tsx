import { type ReactNode, useEffect, useMemo, useState } from "react";
import type { Scope } from "@/api/types";
import { usePortalSocket } from "@/lib/ws/usePortalSocket";
import { followPresence } from "../hooks/followPresence";
import { PresenceContextProvider } from "../hooks/presenceContext";
import { useLostAt } from "../hooks/useLostAt";
import { PresenceStore } from "../model/presenceStore";

interface PresenceProviderProps {
  scope: Scope;
  timeZone: string;
  children: ReactNode;
}

/** Follows presence for every page inside, so that going from one to the other asks for nothing twice. */
export function PresenceProvider({ scope, timeZone, children }: PresenceProviderProps) {
  const socket = usePortalSocket();
  const [store] = useState(() => new PresenceStore());
  const lostAtMs = useLostAt();
  useEffect(() => followPresence(socket, store, scope), [socket, store, scope]);
  const presence = useMemo(() => ({ store, lostAtMs, timeZone }), [store, lostAtMs, timeZone]);
  return <PresenceContextProvider value={presence}>{children}</PresenceContextProvider>;
}
