import { queryOptions } from "@tanstack/react-query";
import type { Acknowledgement, NewNotice, NoticeState, NoticeText } from "@/api/types";
import { request } from "@/lib/http/request";

/** The organization's notice, and whether the person who is signed in has acknowledged it. */
export const noticeQuery = queryOptions({
  queryKey: ["notice"],
  queryFn: ({ signal }) => request<NoticeState>("GET", "/api/notice", { signal }),
  staleTime: 60_000,
});

/** Publishes the next version. From then on no picture is taken of anybody who has not acknowledged it. */
export function publishNotice(text: string): Promise<NoticeText> {
  return request<NoticeText>("POST", "/api/notice", { body: { text } satisfies NewNotice });
}

/** Acknowledges for the person who is signed in. Refused if another version was published meanwhile. */
export async function acknowledgeNotice(version: number): Promise<void> {
  await request<unknown>("POST", "/api/notice/acknowledge", { body: { version } satisfies Acknowledgement });
}
