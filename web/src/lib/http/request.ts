import { wallClockMs } from "@/lib/time/wallClock";
import { ApiError } from "./apiError";
import { readCsrfToken } from "./csrf";
import { type Method, send } from "./send";
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
  const sentAtMs = wallClockMs();
  try {
    return (await send(method, path, options.body, options.signal)) as Answer;
  } catch (error) {
    if (!isSessionStale(error) || !(await refreshSession(sentAtMs))) throw error;
  }
  return (await send(method, path, options.body, options.signal)) as Answer;
}

/** `unauthorized` counts too: the browser drops the access cookie at the moment at which its token runs out. */
function isSessionStale(error: unknown): boolean {
  if (!(error instanceof ApiError) || error.status !== 401 || error.code === "wrong_credentials") return false;
  return readCsrfToken() !== undefined;
}
