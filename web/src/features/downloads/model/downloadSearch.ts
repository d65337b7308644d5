import { PLATFORMS, type Platform } from "./builds";

/** For which system, as in the address: `?platform=macos`; absent: the one that the browser runs on. */
export interface DownloadSearch {
  platform?: Platform;
}

/** Reads what may be anything, drops what makes no sense. */
export function parseDownloadSearch(search: Record<string, unknown>): DownloadSearch {
  return { platform: PLATFORMS.find(({ platform }) => platform === search.platform)?.platform };
}
