import { useCallback, useEffect, useMemo, useSyncExternalStore } from "react";
import type { EmployeeId, Tier, TrackRef, TrackState } from "@/api/types";
import type { Shown, Surface } from "@/lib/frames/surface";
import type { WallPerson } from "../model/wallPerson";
import { isWatched } from "../model/watchChoice";
import { useLive } from "./liveContext";

/** Somebody on the wall; renders its caller only when they change. */
export function usePerson(employee: EmployeeId): WallPerson | undefined {
  const { people } = useLive();
  const subscribe = useCallback((listener: () => void) => people.onPerson(employee, listener), [people, employee]);
  return useSyncExternalStore(subscribe, () => people.person(employee));
}

/** Whether the viewer wants to watch somebody. */
export function useIsWatched(person: WallPerson | undefined): boolean {
  const { choice } = useLive();
  return person !== undefined && isWatched(choice, person);
}

/** Watches a track while `isOn`. The person sees that. */
export function useWatch(ref: TrackRef | undefined, tier: Tier, isOn: boolean): void {
  const { feed } = useLive();
  useEffect(() => (ref && isOn ? feed.watch(ref, tier) : undefined), [feed, ref, tier, isOn]);
}

/** What the hub said last of a track. */
export function useTrackState(ref: TrackRef | undefined): TrackState | undefined {
  const { feed } = useLive();
  const subscribe = useCallback((listener: () => void) => (ref ? feed.onState(ref, listener) : () => {}), [feed, ref]);
  return useSyncExternalStore(subscribe, () => ref && feed.state(ref));
}

/** The canvas of a track. */
export function useSurface(ref: TrackRef | undefined, tier: Tier): Surface | undefined {
  const { feed } = useLive();
  return useMemo(() => ref && feed.surface(ref, tier), [feed, ref, tier]);
}

/** Whether a canvas has a picture, and of which size; no picture renders anything by itself. */
export function useShown(surface: Surface | undefined): Shown | undefined {
  const subscribe = useCallback((listener: () => void) => surface?.onShown(listener) ?? (() => {}), [surface]);
  return useSyncExternalStore(subscribe, () => surface?.shown());
}

/** A track as one object for as long as it is the same track, for what depends on it. */
export function useTrackRef(employee: EmployeeId, track: number | undefined): TrackRef | undefined {
  return useMemo(() => (track === undefined ? undefined : { employee, track }), [employee, track]);
}
