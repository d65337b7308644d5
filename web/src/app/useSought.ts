import { useDeferredValue, useMemo, useSyncExternalStore } from "react";
import type { EmployeeId, TeamId } from "@/api/types";
import { usePresence } from "@/features/presence/hooks/presenceContext";
import { isSought } from "@/features/presence/model/boardLayout";
import { foldText } from "@/features/presence/model/foldText";

/** Whom the team and the text that are chosen let through; `undefined` while nothing is chosen. */
export function useSought(
  team: TeamId | undefined,
  q: string | undefined,
): ((employee: EmployeeId) => boolean) | undefined {
  const { store } = usePresence();
  const shape = useSyncExternalStore(store.onShape, store.shape);
  const text = useDeferredValue(foldText(q ?? ""));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the shape stands for the entries, which change in place
  return useMemo(() => {
    if (team === undefined && text === "") return undefined;
    return (employee) => {
      const entry = store.entry(employee);
      return entry !== undefined && isSought(entry, team, text);
    };
  }, [store, shape, team, text]);
}
