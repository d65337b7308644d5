import { type ReactNode, useEffect, useMemo, useState } from "react";
import type { Scope } from "@/api/types";
import { usePortalSocket } from "@/lib/ws/usePortalSocket";
import { followMassDrops } from "../hooks/followMassDrops";
import { followPresence } from "../hooks/followPresence";
import { PresenceContextProvider } from "../hooks/presenceContext";
import { useLostAt } from "../hooks/useLostAt";
import { MassDropStore } from "../model/massDropStore";
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
  const [massDrops] = useState(() => new MassDropStore());
  const lostAtMs = useLostAt();
  useEffect(() => followPresence(socket, store, scope), [socket, store, scope]);
  useEffect(() => followMassDrops(socket, massDrops), [socket, massDrops]);
  const presence = useMemo(() => ({ store, massDrops, lostAtMs, timeZone }), [store, massDrops, lostAtMs, timeZone]);
  return <PresenceContextProvider value={presence}>{children}</PresenceContextProvider>;
}
