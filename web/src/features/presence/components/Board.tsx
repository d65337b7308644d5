import { useQuery } from "@tanstack/react-query";
import { SearchX, Users } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { teamsQuery } from "../api/teams";
import { useBoardLayout } from "../hooks/presenceContext";
import type { SectionName } from "../model/boardLayout";
import { type BoardSearch, toFilter } from "../model/boardSearch";
import styles from "./Board.module.css";
import { BoardGrid } from "./BoardGrid";
import { BoardSkeleton } from "./BoardSkeleton";
import { LostNotice } from "./LostNotice";
import { MassDropNotice } from "./MassDropNotice";
import { StatusFigures } from "./StatusFigures";
import { TeamFilter } from "./TeamFilter";

const NONE: ReadonlySet<SectionName> = new Set();
const OFFLINE: ReadonlySet<SectionName> = new Set(["offline"]);

interface BoardProps {
  search: BoardSearch;
  /** Merges into the address. */
  onSearch: (change: BoardSearch) => void;
  /** The next step of an organization of one: a button, if the person may take it. */
  addPeople: ReactNode;
}

/** The live board: figures, filters, and everybody by what needs eyes. */
export function Board({ search, onSearch, addPeople }: BoardProps) {
  const filter = useMemo(() => toFilter(search), [search]);
  const layout = useBoardLayout(filter);
  const teams = useQuery(teamsQuery).data ?? [];
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
        <BoardGrid
          sections={layout.sections}
          folded={isOfflineFolded ? OFFLINE : NONE}
          onFold={(isFolded) => onSearch({ offline: isFolded ? undefined : "shown" })}
        />
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
      {layout && layout.total <= 1 && !isFiltered && (
        <EmptyState icon={<Users size={20} aria-hidden />} title="Your people appear here" action={addPeople}>
          The moment somebody signs in, or their agent connects, their card shows up by itself.
        </EmptyState>
      )}
    </div>
  );
}

function countInWords(shown: number, total: number, isFiltered: boolean): string {
  const all = total.toLocaleString("en");
  if (isFiltered) return `${shown.toLocaleString("en")} of ${all} people`;
  return total === 1 ? "1 person" : `${all} people`;
}
