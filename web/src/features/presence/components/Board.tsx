import { useQuery } from "@tanstack/react-query";
import { SearchX } from "lucide-react";
import { type ReactNode, useCallback, useDeferredValue, useMemo } from "react";
import type { Team } from "@/api/types";
import { formatCount } from "@/lib/count/formatCount";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { presenceHistoryQuery } from "../api/history";
import { teamsQuery } from "../api/teams";
import { BoardContextProvider } from "../hooks/boardContext";
import { useBoardLayout, usePresence } from "../hooks/presenceContext";
import type { BoardFilter, FoldableName } from "../model/boardLayout";
import { type BoardSearch, toFilter } from "../model/boardSearch";
import styles from "./Board.module.css";
import { BoardGrid } from "./BoardGrid";
import { BoardSkeleton } from "./BoardSkeleton";
import { LostNotice } from "./LostNotice";
import { MassDropNotice } from "./MassDropNotice";
import { StatusFigures } from "./StatusFigures";
import { TeamFilter } from "./TeamFilter";

const NO_TEAMS: readonly Team[] = [];

interface BoardProps {
  search: BoardSearch;
  /** Merges into the address. */
  onSearch: (change: BoardSearch) => void;
  /** What needs somebody to do something. */
  alerts?: ReactNode;
  /** Whether cards lead to the live wall. */
  canWatch: boolean;
  /** What stands between the figures and the people. */
  children?: ReactNode;
  /** What stands where nobody is yet but the person themselves. */
  alone: ReactNode;
}

/** The live board: figures, filters, and everybody by what needs eyes. */
export function Board({ search, onSearch, alerts, canWatch, children, alone }: BoardProps) {
  const { status, team, q, offline, absent } = search;
  // What is typed shows at once; thousands of people are sorted anew behind it, in pieces.
  const filter = useDeferredValue(useMemo(() => toFilter({ status, team, q }), [status, team, q]));
  const layout = useBoardLayout(filter);
  const teams = useQuery(teamsQuery).data ?? NO_TEAMS;
  const history = useQuery({ ...presenceHistoryQuery(filter.team), enabled: filter.text === "" }).data;
  const facts = useMemo(
    () => ({ teamNames: new Map(teams.map(({ id, name }) => [id, name])), canWatch }),
    [teams, canWatch],
  );
  const isLost = usePresence().lostAtMs !== undefined;
  const isFiltered = filter.statuses.length > 0 || filter.team !== undefined || filter.text !== "";
  const folded = useMemo(() => foldedSections({ offline, absent }, filter), [offline, absent, filter]);
  const onFold = useCallback(
    (section: FoldableName, isFolded: boolean) => onSearch({ [section]: isFolded ? undefined : "shown" }),
    [onSearch],
  );
  const shown = layout?.sections.reduce((sum, section) => sum + section.employees.length, 0) ?? 0;
  const clear = () => onSearch({ status: undefined, team: undefined, q: undefined });

  return (
    <div className={styles.board}>
      <LostNotice />
      <MassDropNotice />
      {alerts}
      <StatusFigures
        layout={layout}
        history={filter.text === "" ? history : undefined}
        isLost={isLost}
        chosen={search.status}
        onChoose={(status) => onSearch({ status })}
      />
      {children}
      <div className={styles.filters}>
        <TeamFilter teams={teams} team={search.team} onChoose={(team) => onSearch({ team })} />
        <span className={styles.shown} role="status">
          {layout && countInWords(shown, layout.total, isFiltered)}
        </span>
        {isFiltered && (
          <Button look="bare" onClick={clear}>
            Clear filters
          </Button>
        )}
      </div>
      {!layout && <BoardSkeleton />}
      {layout && shown > 0 && (
        <BoardContextProvider value={facts}>
          <BoardGrid sections={layout.sections} filter={filter} folded={folded} onFold={onFold} />
        </BoardContextProvider>
      )}
      {layout && layout.total > 0 && shown === 0 && (
        <EmptyState
          icon={<SearchX size={20} aria-hidden />}
          title="Nobody matches"
          action={<Button onClick={clear}>Clear filters</Button>}
        >
          No person fits the status, team and search that are chosen.
        </EmptyState>
      )}
      {layout && layout.total <= 1 && !isFiltered && alone}
    </div>
  );
}

const FOLDABLE: readonly FoldableName[] = ["offline", "absent"];

/** Whoever looks for somebody looks among the absent too. */
function foldedSections(search: Pick<BoardSearch, FoldableName>, filter: BoardFilter): ReadonlySet<FoldableName> {
  const isSought = filter.text !== "" || filter.statuses.includes("offline");
  return new Set(FOLDABLE.filter((section) => !isSought && search[section] !== "shown"));
}

function countInWords(shown: number, total: number, isFiltered: boolean): string {
  const all = formatCount(total);
  if (isFiltered) return `${formatCount(shown)} of ${all} people`;
  return total === 1 ? "1 person" : `${all} people`;
}
