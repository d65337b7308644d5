import { useEffect, useState } from "react";
import { formatTimeOfDay } from "@/lib/time/format";
import { usePortalSocket } from "@/lib/ws/usePortalSocket";
import { Notice } from "@/ui/Notice";
import { usePresence } from "../hooks/presenceContext";

/** Many connections broke at once: said as one thing, since hundreds of cards that turn grey say nothing about why. */
export function MassDropNotice() {
  const socket = usePortalSocket();
  const { timeZone } = usePresence();
  const [drop, setDrop] = useState<{ lost: number; atMs: number }>();
  useEffect(
    () =>
      socket.onMessage((message) => {
        if (message.type !== "event" || message.kind !== "mass_drop") return;
        setDrop({ lost: message.lost, atMs: message.at });
      }),
    [socket],
  );
  if (!drop) return null;
  const at = formatTimeOfDay(drop.atMs, drop.atMs, timeZone);
  return (
    <Notice onDismiss={() => setDrop(undefined)}>
      <span role="status">
        {`${drop.lost.toLocaleString("en")} connections broke at once at ${at}. A network is the likely cause.`}
      </span>
    </Notice>
  );
}
