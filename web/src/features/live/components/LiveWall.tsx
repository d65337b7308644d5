import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { useFilledScreen } from "@/lib/dom/useFilledScreen";
import { parseTrackKey, trackKey } from "@/lib/frames/trackKey";
import { LiveContextProvider } from "../hooks/liveContext";
import { useFullScreen } from "../hooks/useFullScreen";
import { useIsLost } from "../hooks/useIsLost";
import { useLiveFeed } from "../hooks/useLiveFeed";
import { type SearchChange, useWallActions } from "../hooks/useWallActions";
import { useWallKeys } from "../hooks/useWallKeys";
import { useWallLayout } from "../hooks/useWallLayout";
import { neighbour } from "../model/neighbours";
import { trackOf, type WallLayout } from "../model/wallLayout";
import type { WallPeople } from "../model/wallPerson";
import type { WallSearch } from "../model/wallSearch";
import { isWatched, type WatchScope } from "../model/watchChoice";
import { EnlargedView } from "./EnlargedView";
import styles from "./LiveWall.module.css";
import { WallBar } from "./WallBar";
import { WallStage } from "./WallStage";

interface LiveWallProps {
  people: WallPeople;
  timeZone: string;
  search: WallSearch;
  onSearch: SearchChange;
  /** Leaves the enlarged view the way it was come into. */
  onLeave: () => void;
  /** Chooses a team; the page's own. */
  teamFilter: ReactNode;
  /** The one button where nobody is to be seen at all. */
  aloneAction: ReactNode;
}

/** The live wall: everybody's displays, and one of them enlarged. */
export function LiveWall({ people, timeZone, search, onSearch, onLeave, teamFilter, aloneAction }: LiveWallProps) {
  useFilledScreen();
  const { feed, ticker } = useLiveFeed();
  const stage = useRef<HTMLDivElement>(null);
  const fullScreen = useFullScreen(stage);
  const { choice, actions } = useWallActions(people, onSearch, fullScreen.enter);
  const isLost = useIsLost();
  const showsTimes = search.times === "shown";
  const live = useMemo(
    () => ({ feed, ticker, people, choice, actions, isLost, showsTimes, timeZone }),
    [feed, ticker, people, choice, actions, isLost, showsTimes, timeZone],
  );
  const layout = useWallLayout(people, search);
  const tiles = layout?.tiles ?? [];
  const watched = (layout?.people ?? []).filter((employee) => {
    const person = people.person(employee);
    return person !== undefined && isWatched(choice, person);
  });
  const change = (next: WallSearch) => onSearch(next, "replace");
  const { open, activeKey, setActiveKey } = useActiveTile(layout, search.open);
  const scope: WatchScope = search.team === undefined ? { kind: "everyone" } : { kind: "team", team: search.team };

  useWallKeys({ isCovered: open !== undefined, onGrid: (grid) => change({ grid }), onPause: pauseActive, fullScreen });
  function pauseActive(): void {
    const tile = tiles.find(({ key }) => key === activeKey) ?? tiles[0];
    const person = tile && people.person(tile.employee);
    if (!person) return;
    const one = { kind: "person", employee: person.employee } as const;
    if (isWatched(choice, person)) actions.stopWatching(one);
    else actions.startWatching(one);
  }

  function step(direction: 1 | -1): void {
    const next = open && neighbour(tiles, open.employee, direction);
    if (next) change({ open: trackKey(next) });
  }

  const hasNeighbour = open !== undefined && neighbour(tiles, open.employee, 1) !== undefined;
  return (
    <LiveContextProvider value={live}>
      <div className={styles.wall}>
        <WallBar
          isCovered={open !== undefined}
          summary={summarize(layout, watched.length, isLost)}
          search={search}
          onSearch={change}
          hiddenOffline={layout?.hiddenOffline ?? 0}
          teamFilter={teamFilter}
          watching={tiles.length === 0 ? "none" : watched.length > 0 ? "somebody" : "nobody"}
          onWatch={() => actions.startWatching(scope)}
          onStop={() => actions.stopWatching(scope)}
          fullScreen={fullScreen}
        />
        <div ref={stage} className={styles.stage}>
          <WallStage
            layout={layout}
            search={search}
            onSearch={change}
            activeKey={activeKey}
            onActive={setActiveKey}
            isCovered={open !== undefined}
            aloneAction={aloneAction}
          />
          {open && (
            <EnlargedView
              track={open}
              fullScreen={fullScreen}
              onStep={hasNeighbour ? step : undefined}
              onClose={onLeave}
            />
          )}
        </div>
      </div>
    </LiveContextProvider>
  );
}

/** The enlarged display, and the tile that the keys act on: whoever leaves the enlarged view is at its tile. */
function useActiveTile(layout: WallLayout | undefined, openKey: string | undefined) {
  const [activeKey, setActiveKey] = useState<string>();
  const open = useMemo(() => (openKey === undefined ? undefined : parseTrackKey(openKey)), [openKey]);
  useEffect(() => {
    const tile = layout?.tiles.find(({ employee, track }) => employee === open?.employee && track === open.track);
    if (tile) setActiveKey(tile.key);
  }, [layout, open]);
  return { open, activeKey, setActiveKey };
}

function summarize(layout: WallLayout | undefined, watched: number, isLost: boolean): string {
  if (!layout) return isLost ? "The hub cannot be reached." : "Looking who is there…";
  const { tiles, people } = layout;
  if (tiles.length === 0) return "Everybody's screens, as they are now.";
  const screens = tiles.filter((tile) => trackOf(tile) !== undefined).length;
  const of = `${counted(screens, "screen", "screens")} of ${counted(people.length, "person", "people")}.`;
  if (isLost) return `${of} Not live: the connection to the hub is lost.`;
  if (screens === 0) return of;
  return watched === 0
    ? `${of} You are watching nobody.`
    : `${of} Whoever is on your screen sees that you are watching.`;
}

function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}
