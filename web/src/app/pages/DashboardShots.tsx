import { useDeferredValue, useMemo, useSyncExternalStore } from "react";
import type { EmployeeId } from "@/api/types";
import { PersonName } from "@/features/presence/components/PersonName";
import { usePresence } from "@/features/presence/hooks/presenceContext";
import { isSought } from "@/features/presence/model/boardLayout";
import type { BoardSearch } from "@/features/presence/model/boardSearch";
import { foldText } from "@/features/presence/model/foldText";
import { ShotStrip } from "@/features/screenshots/components/ShotStrip";
import { useLatestShots } from "@/features/screenshots/hooks/useLatestShots";

const nameOf = (employee: EmployeeId) => <PersonName employee={employee} />;

/** The latest screenshots of whom the board is about: the team and the text that are chosen, whatever their status. */
export function DashboardShots({ search }: { search: BoardSearch }) {
  const { store, timeZone } = usePresence();
  const isLoaded = useSyncExternalStore(store.onShape, store.isLoaded);
  const shots = useLatestShots();
  const { team } = search;
  // As the board's: what is typed shows before what it finds.
  const text = foldText(useDeferredValue(search.q) ?? "");
  const isFiltered = team !== undefined || text !== "";
  const shown = useMemo(() => {
    if (!isFiltered) return shots;
    if (!isLoaded) return undefined;
    return shots?.filter(({ employee }) => {
      const entry = store.entry(employee);
      return entry !== undefined && isSought(entry, team, text);
    });
  }, [shots, isFiltered, isLoaded, store, team, text]);
  return (
    <ShotStrip
      title="Latest screenshots"
      shots={shown}
      nameOf={nameOf}
      none={
        isFiltered
          ? "None of the latest screenshots is of the people who are chosen."
          : "No screenshots yet. They appear here as agents take them."
      }
      timeZone={timeZone}
    />
  );
}
