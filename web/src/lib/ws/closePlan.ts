import type { Close } from "@/api/types";
import type { StopReason } from "./connectionState";

/** The credentials ran out: the one code of the stopping range that a client can mend, by renewing the session. */
const EXPIRED = 4501;

/** What to do after a socket has ended. */
export type ClosePlan =
  | { kind: "reconnect"; hintMs?: number }
  | { kind: "renew_session" }
  | { kind: "stop"; why: StopReason };

/**
 * Reads the range, not a table: 4500–4999 stop, everything else comes back, including codes newer than this page
 * and the browser's own 1006. The hub's `close` message goes before the close frame and wins over it.
 */
export function planAfterClose(frameCode: number, frameReason: string, message?: Close): ClosePlan {
  const code = message?.code ?? frameCode;
  if (code === EXPIRED) return { kind: "renew_session" };
  const isStop = message ? message.action === "stop" : code >= 4500 && code <= 4999;
  if (isStop) return { kind: "stop", why: { code, reason: message?.reason || frameReason || `closed with ${code}` } };
  return message?.retry_after_ms == null
    ? { kind: "reconnect" }
    : { kind: "reconnect", hintMs: message.retry_after_ms };
}
