import { infiniteQueryOptions, type QueryClient } from "@tanstack/react-query";
import type { ViewingPage } from "@/api/types";
import { request } from "@/lib/http/request";
import { type ViewingSearch, viewingQueryString } from "../model/viewingSearch";

const PAGE_ROWS = 100;
/** Viewings of others begin and end without a push to this page. */
const ASKED_AGAIN_AFTER_MS = 15_000;
/** Whoever looks away has five seconds to come back within the same viewing; only then is its end written. */
const WRITTEN_AFTER_MS = 6_000;

const KEY = ["viewings"];

/** Whose viewings: one's own begin and end with a push, those of others have to be asked for again. */
export type ViewingSubject = "oneself" | "people";

/** Viewings, newest first, a page at a time. The more pages are open, the more rarely they are asked for again. */
export function viewingsQuery(search: ViewingSearch, subject: ViewingSubject) {
  return infiniteQueryOptions({
    queryKey: [...KEY, search.employee ?? "", search.from ?? "", search.to ?? ""],
    queryFn: ({ pageParam, signal }) => {
      const page = { limit: PAGE_ROWS, ...(pageParam === "" ? {} : { cursor: pageParam }) };
      return request<ViewingPage>("GET", `/api/viewings${viewingQueryString(search, page)}`, { signal });
    },
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
    refetchInterval: ({ state: { data } }) => {
      const isRunning = data?.pages.some((page) => page.items.some(({ to }) => to == null));
      if (subject === "oneself" && !isRunning) return false;
      return ASKED_AGAIN_AFTER_MS * Math.max(1, data?.pages.length ?? 1);
    },
  });
}

/** Where the same viewings are as a file. */
export function viewingsExportPath(search: ViewingSearch, format: "csv" | "xlsx"): string {
  return `/api/viewings${viewingQueryString(search, { format })}`;
}

/** A viewing began or ended: whatever list is shown is asked for again, now and once its end is written. */
export function refreshViewings(queryClient: QueryClient): void {
  const refresh = () => void queryClient.invalidateQueries({ queryKey: KEY });
  refresh();
  setTimeout(refresh, WRITTEN_AFTER_MS);
}
