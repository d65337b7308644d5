import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { useMemo } from "react";

interface Page<Row> {
  items: readonly Row[];
}

/** The way to the rows that are not loaded yet, as lists that ask for them while one scrolls take it. */
export interface More {
  hasMore: boolean;
  onMore: () => void;
}

/** The rows of all pages that are loaded; `undefined` before the first has come. */
export function usePagedRows<Row>({
  data,
}: UseInfiniteQueryResult<InfiniteData<Page<Row>>>): readonly Row[] | undefined {
  return useMemo(() => data?.pages.flatMap((page) => page.items), [data]);
}

/** What comes after them. Nothing is asked for while something is on its way. */
export function moreOf(query: Pick<UseInfiniteQueryResult, "hasNextPage" | "isFetching" | "fetchNextPage">): More {
  return { hasMore: query.hasNextPage, onMore: query.isFetching ? ignore : query.fetchNextPage };
}

function ignore(): void {}
