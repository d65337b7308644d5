import { type ReactNode, useEffect, useMemo, useState } from "react";
import type { Scope } from "@/api/types";
import { usePortalSocket } from "@/lib/ws/usePortalSocket";
import { followAlerts } from "../hooks/followAlerts";
import { followPresence } from "../hooks/followPresence";
import { PresenceContextProvider } from "../hooks/presenceContext";
import { useLostAt } from "../hooks/useLostAt";
import { AlertStore } from "../model/alertStore";
import { PresenceStore } from "../model/presenceStore";

interface PresenceProviderProps {
  scope: Scope;
  timeZone: string;
  children: ReactNode;
}

/** With the next picture that the browser draws; a hidden page draws none and hears of it when it is looked at again. */
const withNextPicture = (flush: () => void) => void requestAnimationFrame(flush);

/** Follows presence for every page inside, so that going from one to the other asks for nothing twice. */
export function PresenceProvider({ scope, timeZone, children }: PresenceProviderProps) {
  const socket = usePortalSocket();
  const [store] = useState(() => new PresenceStore(withNextPicture));
  const [alertStore] = useState(() => new AlertStore());
  const lostAtMs = useLostAt();
  useEffect(() => followPresence(socket, store, scope), [socket, store, scope]);
  useEffect(() => followAlerts(socket, alertStore), [socket, alertStore]);
  const presence = useMemo(() => ({ store, alertStore, lostAtMs, timeZone }), [store, alertStore, lostAtMs, timeZone]);
  return <PresenceContextProvider value={presence}>{children}</PresenceContextProvider>;
}
