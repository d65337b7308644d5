import { wallClockMs } from "@/lib/time/wallClock";
import { ApiError } from "./apiError";
import { readCsrfToken } from "./csrf";
import { type Answer, type Method, send } from "./send";
import { refreshSession } from "./sessionRefresh";

export interface RequestOptions {
  body?: unknown;
  signal?: AbortSignal;
}

/**
 * Calls the hub and gives its JSON. If the access token has run out, renews the session once and repeats the call.
 * Throws `ApiError` for a refusal and `NetworkError` if the hub cannot be reached.
 */
export async function request<Json>(method: Method, path: string, options: RequestOptions = {}): Promise<Json> {
  return (await exchange(method, path, options)).json as Json;
}

/** One page of a list that answers bare rows, with the cursor of the next page in a header. */
export interface BarePage<Row> {
  items: readonly Row[];
  next: string | undefined;
}

/** Gets such a page; renews and throws as `request` does. */
export async function requestPage<Row>(path: string, options: RequestOptions = {}): Promise<BarePage<Row>> {
  const { json, headers } = await exchange("GET", path, options);
  return { items: json as Row[], next: headers.get("X-Next-Cursor") ?? undefined };
}

async function exchange(method: Method, path: string, options: RequestOptions): Promise<Answer> {
  const sentAtMs = wallClockMs();
  try {
    return await send(method, path, options.body, options.signal);
  } catch (error) {
    if (!isSessionStale(error) || !(await refreshSession(sentAtMs))) throw error;
  }
  return await send(method, path, options.body, options.signal);
}

/** `unauthorized` counts too: the browser drops the access cookie at the moment at which its token runs out. */
function isSessionStale(error: unknown): boolean {
  if (!(error instanceof ApiError) || error.status !== 401 || error.code === "wrong_credentials") return false;
  return readCsrfToken() !== undefined;
}
