import { useEffect, useState } from "react";
import { LiveFeed } from "@/lib/frames/liveFeed";
import { Ticker } from "@/lib/frames/ticker";
import { sharedClock } from "@/lib/time/sharedClock";
import type { PortalSocket } from "@/lib/ws/portalSocket";
import { usePortalSocket } from "@/lib/ws/usePortalSocket";

/** Live pictures for as long as the caller is on the page, and the clock of their ages. */
export function useLiveFeed(): { feed: LiveFeed; ticker: Ticker } {
  const socket = usePortalSocket();
  const [made] = useState(() => ({ feed: makeFeed(socket), ticker: new Ticker() }));
  useEffect(() => made.feed.start(), [made]);
  return made;
}

function makeFeed(socket: PortalSocket): LiveFeed {
  return new LiveFeed({
    socket,
    nowMs: () => sharedClock.nowMs(),
    makeCanvas: () => document.createElement("canvas"),
    decode: (jpeg) => createImageBitmap(new Blob([jpeg], { type: "image/jpeg" })),
  });
}
