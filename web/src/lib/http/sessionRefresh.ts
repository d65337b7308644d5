import { wallClockMs } from "@/lib/time/wallClock";
import { ApiError } from "./apiError";
import { send } from "./send";

/** Shared by all tabs: when one of them last renewed the session. */
const REFRESHED_AT = "muster.refreshed_at";

let running: Promise<boolean> | undefined;

/**
 * Renews the session's cookies; false if the session is over. Throws if the hub cannot say (network, 503).
 *
 * Refresh tokens rotate and the hub takes a second use for theft, so there is one renewal at a time in this tab
 * (a shared promise) and across tabs (a lock); a request sent before the last renewal only needs to be repeated.
 */
export function refreshSession(sentAtMs: number): Promise<boolean> {
  running ??= exclusively(() => renew(sentAtMs)).finally(() => {
    running = undefined;
  });
  return running;
}

async function renew(sentAtMs: number): Promise<boolean> {
  if (wasRenewedSince(sentAtMs)) return true;
  try {
    await send("POST", "/api/auth/refresh", undefined);
  } catch (error) {
    if (error instanceof ApiError && (error.status === 401 || error.status === 403)) return false;
    throw error;
  }
  localStorage.setItem(REFRESHED_AT, String(wallClockMs()));
  return true;
}

/** A renewal in the future says only that the clock was set back; believing it would keep every tab from renewing. */
function wasRenewedSince(sentAtMs: number): boolean {
  const refreshedAtMs = Number(localStorage.getItem(REFRESHED_AT));
  return sentAtMs < refreshedAtMs && refreshedAtMs <= wallClockMs();
}

/** Web Locks exist only on https and localhost; elsewhere two tabs may collide, and one of them signs in again. */
function exclusively<T>(work: () => Promise<T>): Promise<T> {
  const locks: LockManager | null | undefined = navigator.locks;
  return locks ? (locks.request("muster.refresh", work) as Promise<T>) : work();
}
