import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { Acknowledgement, NewNotice, NoticeState, NoticeText, NoticeVersionPage } from "@/api/types";
import { queryString } from "@/lib/http/queryString";
import { request } from "@/lib/http/request";

/** The organization's notice, and whether the person who is signed in has acknowledged it. */
export const noticeQuery = queryOptions({
  queryKey: ["notice"],
  queryFn: ({ signal }) => request<NoticeState>("GET", "/api/notice", { signal }),
  staleTime: 60_000,
});

/**
 * Publishes the next version, unless somebody published another one since `expectedVersion` was read (409); 0: there was
 * none. From then on no picture is taken of anybody who has not acknowledged it.
 */
export function publishNotice(text: string, expectedVersion: number): Promise<NoticeText> {
  return request<NoticeText>("POST", "/api/notice", { body: { text, expectedVersion } satisfies NewNotice });
}

/** Every version that was published, the newest first, a page at a time. */
export const noticeVersionsQuery = infiniteQueryOptions({
  queryKey: ["notice", "versions"],
  queryFn: ({ pageParam, signal }) =>
    request<NoticeVersionPage>("GET", `/api/notice/versions${queryString({ cursor: pageParam })}`, { signal }),
  initialPageParam: "",
  getNextPageParam: (last) => last.next ?? undefined,
});

/** Acknowledges for the person who is signed in. Refused if another version was published meanwhile. */
export async function acknowledgeNotice(version: number): Promise<void> {
  await request<unknown>("POST", "/api/notice/acknowledge", { body: { version } satisfies Acknowledgement });
}
