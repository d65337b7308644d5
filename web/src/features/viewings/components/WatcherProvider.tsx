import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { usePortalSocket } from "@/lib/ws/usePortalSocket";
import { refreshViewings } from "../api/viewings";
import { followWatchers } from "../hooks/followWatchers";
import { WatcherContextProvider } from "../hooks/watcherContext";
import { WatcherStore } from "../model/watcherStore";

/** Follows who watches the person, on every page. What it hears is also the moment at which a viewing begins or ends. */
export function WatcherProvider({ children }: { children: ReactNode }) {
  const socket = usePortalSocket();
  const queryClient = useQueryClient();
  const [store] = useState(() => new WatcherStore());
  useEffect(() => followWatchers(socket, store, () => refreshViewings(queryClient)), [socket, store, queryClient]);
  return <WatcherContextProvider value={store}>{children}</WatcherContextProvider>;
}
