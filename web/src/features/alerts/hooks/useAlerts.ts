import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Alert } from "@/api/types";
import { alertsQuery } from "../api/alerts";

export interface KnownAlerts {
  /** What holds first, the latest first; `undefined` until the hub has answered. */
  alerts: readonly Alert[] | undefined;
  error: Error | null;
  retry: () => void;
  /** Older ones; `undefined` if there are none. */
  showOlder: (() => void) | undefined;
}

/** The alerts as they are known. `AlertProvider` keeps them true. */
export function useAlerts(): KnownAlerts {
  const query = useInfiniteQuery(alertsQuery);
  const { data, error, refetch, hasNextPage, isFetching, fetchNextPage } = query;
  const alerts = useMemo(() => data?.pages.flatMap(({ items }) => items), [data]);
  return {
    alerts,
    error: alerts ? null : error,
    retry: () => void refetch(),
    showOlder: hasNextPage && !isFetching ? () => void fetchNextPage() : undefined,
  };
}
