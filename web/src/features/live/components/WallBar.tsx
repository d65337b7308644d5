import { ArrowDownUp, Clock3, Eye, EyeOff, Fullscreen, UserX } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/ui/Button";
import { STATUS_WORDS } from "@/ui/StatusBadge";
import { StatusShape } from "@/ui/StatusShape";
import type { FullScreen } from "../hooks/useFullScreen";
import type { WallStatus } from "../model/wallPerson";
import { GRIDS, type Grid, type Order, toggleStatuses, toStatuses, type WallSearch } from "../model/wallSearch";
import styles from "./WallBar.module.css";

const CHIPS: readonly { statuses: readonly [WallStatus, ...WallStatus[]]; word: string }[] = [
  { statuses: ["active"], word: STATUS_WORDS.active },
  { statuses: ["idle"], word: STATUS_WORDS.idle },
  { statuses: ["break"], word: STATUS_WORDS.break },
  { statuses: ["meeting", "class"], word: "Meeting or class" },
];

const ORDER_WORDS: Readonly<Record<Order, string>> = {
  name: "By name",
  idle: "Longest idle first",
  status: "By status",
};

interface WallBarProps {
  /** The enlarged view takes its place. */
  isCovered: boolean;
  /** What is on the wall, in words. */
  summary: string;
  search: WallSearch;
  onSearch: (change: WallSearch) => void;
  /** Who is not on the wall for being offline alone. */
  hiddenOffline: number;
  /** Chooses a team; the page's own. */
  teamFilter: ReactNode;
  /** `none`: there is nobody whom one could watch. */
  watching: "somebody" | "nobody" | "none";
  onWatch: () => void;
  onStop: () => void;
  fullScreen: FullScreen;
}

/** What the wall is, and whom it shows how. */
export function WallBar(props: WallBarProps) {
  const { summary, search, onSearch, hiddenOffline, teamFilter, fullScreen } = props;
  return (
    <header className={styles.bar} hidden={props.isCovered}>
      <div className={styles.top}>
        <h1 className={styles.title}>Live wall</h1>
        <p className={styles.lead} role="status">
          {summary}
        </p>
        <div className={styles.buttons}>
          {props.watching !== "none" && <WatchButton {...props} />}
          {fullScreen.isAvailable && (
            <Button aria-label="Full screen" title="Full screen (F)" onClick={fullScreen.toggle}>
              <Fullscreen size={16} aria-hidden />
            </Button>
          )}
        </div>
      </div>
      <div className={styles.filters}>
        {teamFilter}
        <StatusChips status={search.status} onStatus={(status) => onSearch({ status })} />
        {(hiddenOffline > 0 || search.offline === "shown") && (
          <button
            type="button"
            className={styles.chip}
            aria-pressed={search.offline === "shown"}
            onClick={() => onSearch({ offline: search.offline === "shown" ? undefined : "shown" })}
          >
            <UserX size={16} aria-hidden />
            {search.offline === "shown" ? "Offline too" : `Offline too (${hiddenOffline.toLocaleString("en")})`}
          </button>
        )}
        <span className={styles.space} />
        <OrderChoice order={search.order} onOrder={(order) => onSearch({ order })} />
        <button
          type="button"
          className={styles.chip}
          aria-pressed={search.times === "shown"}
          title="Say when each picture was captured"
          onClick={() => onSearch({ times: search.times === "shown" ? undefined : "shown" })}
        >
          <Clock3 size={16} aria-hidden />
          Times
        </button>
        <GridChoice grid={search.grid} onGrid={(grid) => onSearch({ grid })} />
      </div>
    </header>
  );
}

function WatchButton({ search, watching, onWatch, onStop }: WallBarProps) {
  const whom = search.team === undefined ? "all" : "team";
  return watching === "somebody" ? (
    <Button title={`Stop watching ${whom === "all" ? "everyone" : "this team"}`} onClick={onStop}>
      <EyeOff size={16} aria-hidden />
      Stop
    </Button>
  ) : (
    <Button look="primary" onClick={onWatch}>
      <Eye size={16} aria-hidden />
      {`Watch ${whom}`}
    </Button>
  );
}

function StatusChips({ status, onStatus }: { status?: string; onStatus: (status: string | undefined) => void }) {
  const chosen = toStatuses(status);
  return (
    <fieldset className={styles.group}>
      <legend className="visually-hidden">Filter by status</legend>
      {CHIPS.map(({ statuses, word }) => (
        <button
          key={word}
          type="button"
          className={styles.chip}
          aria-pressed={statuses.every((one) => chosen.includes(one))}
          onClick={() => onStatus(toggleStatuses(status, statuses))}
        >
          <StatusShape status={statuses[0]} />
          {word}
        </button>
      ))}
    </fieldset>
  );
}

function OrderChoice({
  order,
  onOrder,
}: {
  order: WallSearch["order"];
  onOrder: (order: WallSearch["order"]) => void;
}) {
  return (
    <label className={styles.order}>
      <ArrowDownUp size={16} aria-hidden />
      <span className="visually-hidden">Order</span>
      <select
        className={styles.select}
        value={order ?? "name"}
        onChange={({ target }) =>
          onOrder(target.value === "idle" || target.value === "status" ? target.value : undefined)
        }
      >
        {Object.entries(ORDER_WORDS).map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
    </label>
  );
}

function GridChoice({ grid, onGrid }: { grid: Grid | undefined; onGrid: (grid: Grid | undefined) => void }) {
  return (
    <fieldset className={styles.segments}>
      <legend className="visually-hidden">Screens in a row</legend>
      {GRIDS.map((one) => (
        <button
          key={one}
          type="button"
          className={styles.segment}
          aria-label={`${one} in a row`}
          aria-pressed={one === grid}
          aria-keyshortcuts={String(one)}
          title={one === grid ? "As many as fit" : `${one} in a row (${one})`}
          onClick={() => onGrid(one === grid ? undefined : one)}
        >
          {one}
        </button>
      ))}
    </fieldset>
  );
}
