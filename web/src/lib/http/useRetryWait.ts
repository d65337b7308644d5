import { useEffect, useState } from "react";
import { ApiError } from "@/lib/http/apiError";
import { sharedClock } from "@/lib/time/sharedClock";
import { useSecond } from "@/lib/time/useSecond";

/** Seconds until the hub wants to be asked again after `error` (its Retry-After); 0 when it may be asked now. */
export function useRetryWait(error: unknown): number {
  const [untilMs, setUntilMs] = useState(0);
  const nowMs = useSecond();
  useEffect(() => {
    const waitMs = error instanceof ApiError ? (error.retryAfterMs ?? 0) : 0;
    setUntilMs(waitMs > 0 ? sharedClock.nowMs() + waitMs : 0);
  }, [error]);
  return Math.max(0, Math.ceil((untilMs - nowMs) / 1000));
}
