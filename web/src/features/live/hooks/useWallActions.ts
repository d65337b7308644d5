import { useMemo, useState } from "react";
import type { TrackRef } from "@/api/types";
import { trackKey } from "@/lib/frames/trackKey";
import type { WallPeople } from "../model/wallPerson";
import type { WallSearch } from "../model/wallSearch";
import { choose, WATCH_EVERYONE, type WatchChoice, type WatchScope } from "../model/watchChoice";
import type { WallActions } from "./liveContext";

/** How the address changes: `step` makes an entry that Back leads out of. */
export type SearchChange = (change: WallSearch, how: "replace" | "step") => void;

/** Whom the viewer watches, and what tiles can do about it. */
export function useWallActions(
  people: WallPeople,
  onSearch: SearchChange,
  fillScreen: () => void,
): { choice: WatchChoice; actions: WallActions } {
  const [choice, setChoice] = useState(WATCH_EVERYONE);
  const actions = useMemo(() => {
    const set = (scope: WatchScope, watches: boolean) =>
      setChoice((before) => choose(before, scope, watches, people.all()));
    const enlarge = (ref: TrackRef) => onSearch({ open: trackKey(ref) }, "step");
    return {
      enlarge,
      fillScreen: (ref: TrackRef) => {
        enlarge(ref);
        fillScreen();
      },
      startWatching: (scope: WatchScope) => set(scope, true),
      stopWatching: (scope: WatchScope) => set(scope, false),
    };
  }, [people, onSearch, fillScreen]);
  return { choice, actions };
}
