import { queryOptions } from "@tanstack/react-query";
import { request } from "@/lib/http/request";

/** A build that lies in the hub's data folder. */
export interface Build {
  /** `muster-agent-0.1.0-x86_64-pc-windows-msvc.zip` */
  file: string;
  platform: "windows" | "macos" | "linux" | "other";
  /** The target triple, such as `x86_64-unknown-linux-gnu`. */
  target: string;
  kind: "agent" | "hub";
  version: string;
  bytes: number;
  sha256: string;
}

/** The builds that there are. */
export const downloadsQuery = queryOptions({
  queryKey: ["downloads"],
  queryFn: async ({ signal }) => (await request<{ items: Build[] }>("GET", "/api/downloads", { signal })).items,
});

/** Where a build is. */
export function downloadPath(file: string): string {
  return `/api/downloads/${encodeURIComponent(file)}`;
}
