import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import type { AuditPage, ReceiptPage, Verification } from "@/api/types";
import { queryString } from "@/lib/http/queryString";
import { request } from "@/lib/http/request";
import type { AuditSearch } from "../model/auditSearch";

const PAGE_ROWS = 100;

/** Who did what, newest first, a page at a time. */
export function auditQuery({ actor, subject, action, from, to }: AuditSearch) {
  const filter = { actor, subject, action, from, to };
  return infiniteQueryOptions({
    queryKey: ["audit", "entries", filter],
    queryFn: ({ pageParam, signal }) =>
      request<AuditPage>("GET", `/api/audit${queryString({ ...filter, limit: PAGE_ROWS, cursor: pageParam })}`, {
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** Where the same entries are as a file. */
export function auditExportPath({ actor, subject, action, from, to }: AuditSearch, format: "csv" | "xlsx"): string {
  return `/api/audit${queryString({ actor, subject, action, from, to, format })}`;
}

/** Receipts of deletions, the latest first, a page at a time. */
export const receiptsQuery = infiniteQueryOptions({
  queryKey: ["audit", "receipts"],
  queryFn: ({ pageParam, signal }) =>
    request<ReceiptPage>(
      "GET",
      `/api/receipts${queryString({ order: "newest", limit: PAGE_ROWS, cursor: pageParam })}`,
      { signal },
    ),
  initialPageParam: "",
  getNextPageParam: (last) => last.next ?? undefined,
});

export function receiptsExportPath(format: "csv" | "xlsx"): string {
  return `/api/receipts${queryString({ format })}`;
}

/** Reads the whole chain of receipts and checks every link. */
export function verifyReceipts(): Promise<Verification> {
  return request<Verification>("GET", "/api/receipts/verify");
}
