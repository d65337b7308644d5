import { useEffect, useState } from "react";
import { sharedClock } from "@/lib/time/sharedClock";
import { useConnectionState } from "@/lib/ws/usePortalSocket";

/** A hub that restarts is back within this time, and a board that turned grey meanwhile would only frighten. */
const TOLERATED_MS = 10_000;

/** When the connection was lost, once it has been away for too long to trust what the board shows. */
export function useLostAt(): number | undefined {
  const { phase } = useConnectionState();
  const isConnected = phase === "connected";
  const isStopped = phase === "stopped";
  const [lostAtMs, setLostAtMs] = useState<number>();
  useEffect(() => {
    if (isConnected) {
      setLostAtMs(undefined);
      return;
    }
    const atMs = sharedClock.nowMs();
    const declare = () => setLostAtMs((known) => known ?? atMs);
    const timer = setTimeout(declare, isStopped ? 0 : TOLERATED_MS);
    return () => clearTimeout(timer);
  }, [isConnected, isStopped]);
  return lostAtMs;
}
