import { useCallback, useMemo, useState, useSyncExternalStore } from "react";
import type { WallFilter, WallLayout } from "../model/wallLayout";
import type { WallPeople } from "../model/wallPerson";
import { WallRoll } from "../model/wallRoll";
import { toStatuses, type WallSearch } from "../model/wallSearch";

/** The tiles, filtered and sorted; `undefined` until it is known who is there. */
export function useWallLayout(people: WallPeople, search: WallSearch): WallLayout | undefined {
  const { team, status, q = "", order = "name", offline } = search;
  const filter = useMemo(
    (): WallFilter => ({
      team,
      statuses: toStatuses(status),
      textKey: people.keyOf(q),
      order,
      showsOffline: offline === "shown",
    }),
    [people, team, status, q, order, offline],
  );
  const [roll] = useState(() => new WallRoll());
  const subscribe = useCallback((listener: () => void) => people.onShape(listener), [people]);
  const shape = useSyncExternalStore(subscribe, () => people.shape());
  // biome-ignore lint/correctness/useExhaustiveDependencies: the shape stands for the people, who change in place
  return useMemo(
    () => (people.isLoaded() ? roll.layOut(people.all(), filter) : undefined),
    [people, roll, shape, filter],
  );
}
