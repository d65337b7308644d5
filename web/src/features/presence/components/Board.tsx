import { useQuery } from "@tanstack/react-query";
import { SearchX } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import type { Team } from "@/api/types";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { teamsQuery } from "../api/teams";
import { useBoardLayout } from "../hooks/presenceContext";
import { TeamNamesProvider } from "../hooks/teamNames";
import type { SectionName } from "../model/boardLayout";
import { type BoardSearch, toFilter } from "../model/boardSearch";
import styles from "./Board.module.css";
import { BoardGrid } from "./BoardGrid";
import { BoardSkeleton } from "./BoardSkeleton";
import { LostNotice } from "./LostNotice";
import { MassDropNotice } from "./MassDropNotice";
import { StatusFigures } from "./StatusFigures";
import { TeamFilter } from "./TeamFilter";

const NO_TEAMS: readonly Team[] = [];
const NONE: ReadonlySet<SectionName> = new Set();
const OFFLINE: ReadonlySet<SectionName> = new Set(["offline"]);

interface BoardProps {
  search: BoardSearch;
  /** Merges into the address. */
  onSearch: (change: BoardSearch) => void;
  /** What stands where nobody is yet but the person themselves. */
  alone: ReactNode;
}

/** The live board: figures, filters, and everybody by what needs eyes. */
export function Board({ search, onSearch, alone }: BoardProps) {
  const filter = useMemo(() => toFilter(search), [search]);
  const layout = useBoardLayout(filter);
  const teams = useQuery(teamsQuery).data ?? NO_TEAMS;
  const teamNames = useMemo(() => new Map(teams.map(({ id, name }) => [id, name])), [teams]);
  const isFiltered = filter.statuses.length > 0 || filter.team !== undefined || filter.text !== "";
  // Whoever looks for somebody looks among the absent too.
  const isOfflineFolded = search.offline !== "shown" && filter.text === "" && !filter.statuses.includes("offline");
  const shown = layout?.sections.reduce((sum, section) => sum + section.employees.length, 0) ?? 0;
  const clear = () => onSearch({ status: undefined, team: undefined, q: undefined });

  return (
    <div className={styles.board}>
      <LostNotice />
      <MassDropNotice />
      <StatusFigures counts={layout?.counts} chosen={search.status} onChoose={(status) => onSearch({ status })} />
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
        <TeamNamesProvider value={teamNames}>
          <BoardGrid
            sections={layout.sections}
            folded={isOfflineFolded ? OFFLINE : NONE}
            onFold={(isFolded) => onSearch({ offline: isFolded ? undefined : "shown" })}
          />
        </TeamNamesProvider>
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

function countInWords(shown: number, total: number, isFiltered: boolean): string {
  const all = total.toLocaleString("en");
  if (isFiltered) return `${shown.toLocaleString("en")} of ${all} people`;
  return total === 1 ? "1 person" : `${all} people`;
}
