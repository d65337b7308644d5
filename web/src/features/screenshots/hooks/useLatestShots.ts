import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { EmployeeId } from "@/api/types";
import { latestShotsQuery } from "../api/screenshots";
import { type Shot, withArrived, withoutDeleted } from "../model/shots";
import { useShotEvents } from "./useShotEvents";

/** The latest screenshots, live; `undefined` until the hub has answered. `employee`: only that person's. */
export function useLatestShots(employee?: EmployeeId): readonly Shot[] | undefined {
  const queryClient = useQueryClient();
  const { queryKey } = latestShotsQuery(employee);
  const change = (next: (shots: readonly Shot[]) => readonly Shot[]) =>
    queryClient.setQueryData(queryKey, (shots: readonly Shot[] | undefined) => shots && next(shots));
  useShotEvents({
    onArrived: (arrived) => {
      const own = arrived.filter((shot) => employee === undefined || shot.employee === employee);
      change((shots) => withArrived(shots, own));
    },
    onDeleted: (id) => change((shots) => withoutDeleted(shots, id)),
    onMissed: () => void queryClient.invalidateQueries({ queryKey }),
  });
  return useQuery(latestShotsQuery(employee)).data;
}
