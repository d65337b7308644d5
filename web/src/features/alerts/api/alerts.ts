import { type InfiniteData, infiniteQueryOptions, type QueryClient } from "@tanstack/react-query";
import type { AlertPage } from "@/api/types";
import { request } from "@/lib/http/request";
import { type AlertEvent, stepAlerts } from "../model/alert";

const PAGE_ROWS = 100;

/** Alerts of everyone whom the person may see, or their own: what holds first. Changes come with the socket's events. */
export const alertsQuery = infiniteQueryOptions({
  queryKey: ["alerts"],
  queryFn: ({ signal, pageParam }): Promise<AlertPage> => {
    const cursor = pageParam === "" ? "" : `&cursor=${encodeURIComponent(pageParam)}`;
    return request<AlertPage>("GET", `/api/alerts?limit=${PAGE_ROWS}${cursor}`, { signal });
  },
  initialPageParam: "",
  getNextPageParam: (page) => page.next ?? undefined,
  staleTime: 60_000,
});

/** Takes what the hub pushed into what is known. */
export function takeAlertEvent(queryClient: QueryClient, event: AlertEvent): void {
  queryClient.setQueryData(alertsQuery.queryKey, (known: InfiniteData<AlertPage> | undefined) => {
    const [first] = known?.pages ?? [];
    if (!known || !first) return known;
    const alerts = known.pages.flatMap(({ items }) => items);
    const next = stepAlerts(alerts, event);
    if (next === alerts) return known;
    // All on one page: where the next one begins stays as the hub said it.
    return { pages: [{ items: [...next], next: known.pages.at(-1)?.next }], pageParams: [""] };
  });
}
