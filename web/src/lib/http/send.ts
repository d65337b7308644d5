import type { ErrorBody } from "@/api/types";
import { wallClockMs } from "@/lib/time/wallClock";
import { ApiError, NetworkError } from "./apiError";
import { readCsrfToken } from "./csrf";
import { parseRetryAfterMs } from "./retryAfter";

export type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

/** What the hub said: its JSON, and the headers that some lists put their cursor in. */
export interface Answer {
  json: unknown;
  headers: Headers;
}

/** One request, once: cookies, CSRF header, JSON both ways, refusals as `ApiError`. Called by `request` and the renewal. */
export async function send(method: Method, path: string, body: unknown, signal?: AbortSignal): Promise<Answer> {
  const headers = new Headers({ Accept: "application/json" });
  const csrfToken = method === "GET" ? undefined : readCsrfToken();
  if (csrfToken) headers.set("X-CSRF-Token", csrfToken);
  if (body !== undefined) headers.set("Content-Type", "application/json");

  let response: Response;
  let text: string;
  try {
    response = await fetch(path, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "same-origin",
      signal,
    });
    text = await response.text();
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new NetworkError(cause);
  }
  if (response.ok) return { json: text === "" ? undefined : parseJson(text), headers: response.headers };
  throw refusal(response, text);
}

/** What an answer that is not OK says. */
export function refusal(response: Response, text: string): ApiError {
  const retryAfterMs = parseRetryAfterMs(response.headers.get("Retry-After"), wallClockMs());
  return new ApiError(response.status, errorBody(response, text), retryAfterMs);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new NetworkError(cause);
  }
}

/** The hub's own body, or one made up for an answer that a proxy gave in its place. */
function errorBody(response: Response, text: string): ErrorBody {
  try {
    const body = JSON.parse(text) as Partial<ErrorBody> | null;
    if (typeof body?.code === "string" && typeof body.message === "string") {
      return { request_id: "", ...body } as ErrorBody;
    }
  } catch {
    // Not JSON: falls through to the status, which is all that is known.
  }
  return {
    code: response.status === 503 || response.status === 502 || response.status === 504 ? "unavailable" : "internal",
    message: `The hub answered ${response.status}.`,
    request_id: response.headers.get("X-Request-Id") ?? "",
  };
}
