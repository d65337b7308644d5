import type { ReactNode } from "react";
import type { WallLayout } from "../model/wallLayout";
import { filterOf, type WallSearch } from "../model/wallSearch";
import { EmptyWall } from "./EmptyWall";
import { WallGrid } from "./WallGrid";
import { WallSkeleton } from "./WallSkeleton";

interface WallStageProps {
  /** `undefined`: not known yet. */
  layout: WallLayout | undefined;
  search: WallSearch;
  onSearch: (change: WallSearch) => void;
  activeKey: string | undefined;
  onActive: (key: string) => void;
  isCovered: boolean;
  /** The one button where nobody is to be seen at all. */
  aloneAction: ReactNode;
}

/** The tiles, or what stands there while there are none. */
export function WallStage(props: WallStageProps) {
  const { layout, search, onSearch, activeKey, onActive, isCovered, aloneAction } = props;
  if (!layout) return <WallSkeleton />;
  if (layout.tiles.length > 0) {
    return (
      <WallGrid
        tiles={layout.tiles}
        grid={search.grid}
        filterKey={[search.team, search.status, search.q, search.order].join()}
        activeKey={activeKey}
        onActive={onActive}
        isCovered={isCovered}
      />
    );
  }
  if (isCovered) return null;
  return (
    <EmptyWall
      filter={filterOf(search)}
      hiddenOffline={layout.hiddenOffline}
      onClear={() => onSearch({ team: undefined, status: undefined, q: undefined })}
      onShowOffline={() => onSearch({ offline: "shown" })}
      aloneAction={aloneAction}
    />
  );
}
