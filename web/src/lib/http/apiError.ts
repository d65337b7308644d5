import type { ErrorBody, ErrorCode } from "@/api/types";

/** The hub refused: the fields of its `ErrorBody`, and what its headers add. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly code: ErrorCode;
  /** Finds the request in the hub's log. */
  readonly requestId: string;
  /** With `invalid`: what is wrong, by the name of the field. */
  readonly fields: Readonly<Record<string, string>>;
  /** From `Retry-After`, with 429 and 503. */
  readonly retryAfterMs: number | undefined;

  constructor(status: number, body: ErrorBody, retryAfterMs?: number) {
    super(asSentence(body.message));
    this.status = status;
    this.code = body.code;
    this.requestId = body.request_id;
    this.fields = Object.fromEntries((body.fields ?? []).map(({ field, message }) => [field, asSentence(message)]));
    this.retryAfterMs = retryAfterMs;
  }
}

/** The hub words its errors for logs too, in lower case and without a full stop; a person reads sentences. */
function asSentence(message: string): string {
  const capital = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?…]$/.test(capital) ? capital : `${capital}.`;
}

/** The hub could not be reached, or what answered was not the hub. */
export class NetworkError extends Error {
  override readonly name = "NetworkError";

  constructor(cause: unknown) {
    super("The hub cannot be reached.", { cause });
  }
}

/** Whether the same request may succeed later without anybody changing anything. */
export function isTemporary(error: unknown): boolean {
  if (error instanceof NetworkError) return true;
  return error instanceof ApiError && (error.code === "unavailable" || error.code === "too_many");
}
