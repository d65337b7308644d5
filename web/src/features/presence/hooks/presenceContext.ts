import { createContext, use, useCallback, useMemo, useSyncExternalStore } from "react";
import type { EmployeeId, PresenceEntry } from "@/api/types";
import { useDayStart } from "@/lib/time/useDayStart";
import { type BoardFilter, type BoardLayout, layOutBoard } from "../model/boardLayout";
import type { MassDropStore } from "../model/massDropStore";
import type { PresenceStore } from "../model/presenceStore";

export interface Presence {
  store: PresenceStore;
  massDrops: MassDropStore;
  /** Since when nothing is heard from the hub, so that nobody's status is known; `undefined` while all is well. */
  lostAtMs: number | undefined;
  /** The organization's zone, in which instants are shown. */
  timeZone: string;
}

const PresenceContext = createContext<Presence | undefined>(undefined);

export const PresenceContextProvider = PresenceContext.Provider;

export function usePresence(): Presence {
  const presence = use(PresenceContext);
  if (!presence) throw new Error("usePresence is for what stands inside PresenceProvider");
  return presence;
}

/** One person's presence; renders its caller only when that changes. */
export function usePresenceEntry(employee: EmployeeId): PresenceEntry | undefined {
  const { store } = usePresence();
  const subscribe = useCallback((listener: () => void) => store.onEntry(employee, listener), [store, employee]);
  return useSyncExternalStore(subscribe, () => store.entry(employee));
}

/** The filtered and sorted board; `undefined` until the first state has come. */
export function useBoardLayout(filter: BoardFilter): BoardLayout | undefined {
  const { store, timeZone } = usePresence();
  const dayStartMs = useDayStart(timeZone);
  const shape = useSyncExternalStore(store.onShape, store.shape);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the shape stands for the entries, which change in place
  return useMemo(
    () => (store.isLoaded() ? layOutBoard(store.entries(), filter, dayStartMs) : undefined),
    [store, shape, filter, dayStartMs],
  );
}
