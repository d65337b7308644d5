/** Why a portal socket will not come back by itself. */
export interface StopReason {
  /** Close code 4500–4999, or 0 if the session was over before the socket opened. */
  code: number;
  /** The hub's word for it, for people who search a log. */
  reason: string;
}

/** Where the one portal socket stands. */
export type ConnectionState =
  | { phase: "closed" }
  | { phase: "connecting" }
  | { phase: "connected" }
  | { phase: "waiting"; untilMs: number }
  | { phase: "stopped"; why: StopReason };

/** Nobody is signed in any more, so there is nothing to connect for. */
export const SESSION_OVER: StopReason = { code: 0, reason: "session over" };
