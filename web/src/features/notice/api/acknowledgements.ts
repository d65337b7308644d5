import { queryOptions } from "@tanstack/react-query";
import type { AcknowledgementPage, AcknowledgementState } from "@/api/types";
import { queryString } from "@/lib/http/queryString";
import { request } from "@/lib/http/request";

const PAGE_ROWS = 500;

/** Everybody with an open account, and whether they have acknowledged a version. All of them: they are counted too. */
export function acknowledgementsQuery(version: number) {
  return queryOptions({
    queryKey: ["notice", "acknowledgements", version],
    queryFn: async ({ signal }): Promise<AcknowledgementState[]> => {
      const states: AcknowledgementState[] = [];
      let cursor: string | undefined;
      do {
        const path = `/api/notice/acknowledgements${queryString({ version, limit: PAGE_ROWS, cursor })}`;
        const page = await request<AcknowledgementPage>("GET", path, { signal });
        states.push(...page.items);
        cursor = page.next ?? undefined;
      } while (cursor !== undefined);
      return states;
    },
    refetchInterval: 30_000,
  });
}

/** Where the same is as a file. */
export function acknowledgementsExportPath(version: number, format: "csv" | "xlsx"): string {
  return `/api/notice/acknowledgements${queryString({ version, format })}`;
}
