/** Which acknowledgements, as in the address: `?version=2&state=missing`. */
export interface NoticeSearch {
  /** Default: the version in force. */
  version?: number;
  state?: "missing" | "given";
}

/** Reads what may be anything, drops what makes no sense. */
export function parseNoticeSearch(search: Record<string, unknown>): NoticeSearch {
  const version = Number(search.version);
  return {
    version: Number.isSafeInteger(version) && version > 0 ? version : undefined,
    state: search.state === "missing" || search.state === "given" ? search.state : undefined,
  };
}
