import { createContext, use, useSyncExternalStore } from "react";
import { useConnectionState } from "@/lib/ws/usePortalSocket";
import type { WatcherStore } from "../model/watcherStore";
import type { WatchingPerson } from "../model/watchers";

const WatcherContext = createContext<WatcherStore | undefined>(undefined);

export const WatcherContextProvider = WatcherContext.Provider;

/** Who watches the person who is signed in; `undefined` while the hub is not heard, when nobody can say. */
export function useWatchers(): readonly WatchingPerson[] | undefined {
  const store = use(WatcherContext);
  if (!store) throw new Error("useWatchers is for what stands inside WatcherProvider");
  const people = useSyncExternalStore(store.subscribe, store.people);
  return useConnectionState().phase === "connected" ? people : undefined;
}
