import { type InfiniteData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import type { EmployeeId } from "@/api/types";
import { type ShotFilter, shotsQuery } from "../api/screenshots";
import { type Shot, withArrived, withoutDeleted } from "../model/shots";
import { useShotEvents } from "./useShotEvents";

interface Page {
  shots: readonly Shot[];
  next: string | undefined;
}

/** Screenshots of some days, the newest first, live. `isSought`: whose arrivals belong here, besides the filter's person. */
export function useShots(
  filter: ShotFilter,
  isOfThen: (atMs: number) => boolean,
  isSought: (employee: EmployeeId) => boolean,
) {
  const queryClient = useQueryClient();
  const asked = shotsQuery(filter);
  const { queryKey } = asked;
  const query = useInfiniteQuery(asked);

  function change(next: (shots: readonly Shot[], page: number) => readonly Shot[]): void {
    queryClient.setQueryData(
      queryKey,
      (data: InfiniteData<Page> | undefined) =>
        data && { ...data, pages: data.pages.map((page, index) => ({ ...page, shots: next(page.shots, index) })) },
    );
  }

  useShotEvents({
    onArrived: (arrived) => {
      const own = arrived.filter(
        ({ employee, atMs }) =>
          (filter.employee === undefined || employee === filter.employee) && isSought(employee) && isOfThen(atMs),
      );
      if (own.length === 0) return;
      change((shots, page) => (page === 0 ? withArrived(shots, own, shots.length + own.length) : shots));
    },
    onDeleted: (id) => change((shots) => withoutDeleted(shots, id)),
    onMissed: () => void queryClient.invalidateQueries({ queryKey }),
  });
  const shots = useMemo(() => query.data?.pages.flatMap((page) => page.shots), [query.data]);
  return { query, shots };
}
