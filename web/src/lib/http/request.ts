import { wallClockMs } from "@/lib/time/wallClock";
import { ApiError } from "./apiError";
import { readCsrfToken } from "./csrf";
import { exchange, type Method, send } from "./send";
import { refreshSession } from "./sessionRefresh";

export interface RequestOptions {
  body?: unknown;
  signal?: AbortSignal;
}

/**
 * Calls the hub and gives its JSON. If the access token has run out, renews the session once and repeats the call.
 * Throws `ApiError` for a refusal and `NetworkError` if the hub cannot be reached.
 */
export async function request<Answer>(method: Method, path: string, options: RequestOptions = {}): Promise<Answer> {
  return (await inSession(() => send(method, path, options.body, options.signal))) as Answer;
}

/** One page of rows, and what to ask for as `cursor` to get the next one. */
export interface RowPage<Row> {
  items: Row[];
  next: string | undefined;
}

/** Gets a page of the lists that older clients read: bare rows, with the cursor of the next page in a header. */
export async function requestRows<Row>(path: string, signal?: AbortSignal): Promise<RowPage<Row>> {
  const { body, headers } = await inSession(() => exchange("GET", path, undefined, signal));
  return { items: body as Row[], next: headers.get("X-Next-Cursor") ?? undefined };
}

async function inSession<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  const sentAtMs = wallClockMs();
  try {
    return await call();
  } catch (error) {
    if (!isSessionStale(error) || !(await refreshSession(sentAtMs))) throw error;
  }
  return await call();
}

/** `unauthorized` counts too: the browser drops the access cookie at the moment at which its token runs out. */
function isSessionStale(error: unknown): boolean {
  if (!(error instanceof ApiError) || error.status !== 401 || error.code === "wrong_credentials") return false;
  return readCsrfToken() !== undefined;
}
