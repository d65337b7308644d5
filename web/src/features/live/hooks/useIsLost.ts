import { useEffect, useState } from "react";
import { useConnectionState } from "@/lib/ws/usePortalSocket";

/** A socket that is back within this time dims nothing. */
const TOLERATED_MS = 1_500;

/** Whether the hub is out of reach. */
export function useIsLost(): boolean {
  const { phase } = useConnectionState();
  const isConnected = phase === "connected";
  const [isLost, setLost] = useState(false);
  useEffect(() => {
    if (isConnected) {
      setLost(false);
      return;
    }
    const timer = setTimeout(() => setLost(true), TOLERATED_MS);
    return () => clearTimeout(timer);
  }, [isConnected]);
  return isLost;
}
