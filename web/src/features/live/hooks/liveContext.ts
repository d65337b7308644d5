import { createContext, use } from "react";
import type { TrackRef } from "@/api/types";
import type { LiveFeed } from "@/lib/frames/liveFeed";
import type { Ticker } from "@/lib/frames/ticker";
import type { WallPeople } from "../model/wallPerson";
import type { WatchChoice, WatchScope } from "../model/watchChoice";

/** What a tile can do to the wall. The same functions for as long as the wall is there. */
export interface WallActions {
  enlarge(ref: TrackRef): void;
  fillScreen(ref: TrackRef): void;
  startWatching(scope: WatchScope): void;
  stopWatching(scope: WatchScope): void;
}

/** What every part of the wall stands on. Changes seldom: pictures and people do not pass through here. */
export interface Live {
  feed: LiveFeed;
  /** The clock of all ages. */
  ticker: Ticker;
  people: WallPeople;
  choice: WatchChoice;
  actions: WallActions;
  /** The hub is out of reach, so no picture is live. */
  isLost: boolean;
  /** Each picture says when it was captured. */
  showsTimes: boolean;
  /** The organization's zone. */
  timeZone: string;
}

const LiveContext = createContext<Live | undefined>(undefined);

export const LiveContextProvider = LiveContext.Provider;

export function useLive(): Live {
  const live = use(LiveContext);
  if (!live) throw new Error("useLive is for what stands on the live wall");
  return live;
}
