import { Link } from "@tanstack/react-router";
import { Ellipsis, Pencil, SearchX, SlidersHorizontal, Trash2, UsersRound } from "lucide-react";
import { type ReactNode, useMemo, useState } from "react";
import type { Team, TeamId } from "@/api/types";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { ExportButtons } from "@/ui/ExportButtons";
import { FilterBar, FilterText } from "@/ui/FilterBar";
import { Menu, MenuItem } from "@/ui/Menu";
import { Notice } from "@/ui/Notice";
import { type Column, RowTable, RowTableSkeleton } from "@/ui/RowTable";
import { teamsExportPath } from "../api/teams";
import { teamsWith } from "../model/teamSearch";
import { DeleteTeamDialog } from "./DeleteTeamDialog";
import { TeamNameDialog } from "./TeamNameDialog";
import styles from "./Teams.module.css";

interface TeamsProps {
  /** `undefined` while they are on their way. */
  teams: readonly Team[] | undefined;
  q: string | undefined;
  onText: (q: string | undefined) => void;
  /** Whether teams may be made, renamed and deleted. */
  canManage: boolean;
  createAction: ReactNode;
  onPolicy: (team: TeamId) => void;
}

type Opened = { team: Team; what: "rename" | "delete" };

/** The teams, with how many people are in each and who manages it. */
export function Teams({ teams, q, onText, canManage, createAction, onPolicy }: TeamsProps) {
  const [opened, setOpened] = useState<Opened>();
  const [undoError, setUndoError] = useState<Error>();
  const [exportError, setExportError] = useState<Error>();
  const rows = teams && teamsWith(teams, q);
  const columns = useMemo(
    () => columnsFor(canManage ? { onOpen: setOpened, onPolicy } : undefined),
    [canManage, onPolicy],
  );
  const close = () => setOpened(undefined);
  return (
    <>
      <FilterBar end={<ExportButtons name="teams" path={teamsExportPath} onError={setExportError} />}>
        <FilterText label="Name of a team" text={q} onText={onText} />
      </FilterBar>
      {exportError && (
        <div className={styles.notice}>
          <Notice tone="error">{exportError.message}</Notice>
        </div>
      )}
      {undoError && (
        <div className={styles.notice}>
          <Notice tone="error" onDismiss={() => setUndoError(undefined)}>
            {`The name could not be taken back. ${undoError.message}`}
          </Notice>
        </div>
      )}
      {!rows && <RowTableSkeleton columns={columns} rows={5} />}
      {rows && rows.length > 0 && (
        <RowTable caption="Teams, by name" columns={columns} rows={rows} rowKey={({ id }) => id} />
      )}
      {rows?.length === 0 && q !== undefined && (
        <EmptyState
          icon={<SearchX size={20} aria-hidden />}
          title="No team matches"
          action={<Button onClick={() => onText(undefined)}>Clear filters</Button>}
        >
          No name of a team contains what is searched for.
        </EmptyState>
      )}
      {rows?.length === 0 && q === undefined && (
        <EmptyState
          icon={<UsersRound size={20} aria-hidden />}
          title={canManage ? "No team yet" : "You manage no team yet"}
          action={createAction}
        >
          {canManage
            ? "Teams decide which manager sees whom, and may have a policy of their own."
            : "Once an administrator gives you a team, it appears here."}
        </EmptyState>
      )}
      {opened?.what === "rename" && <TeamNameDialog team={opened.team} onUndoError={setUndoError} onClose={close} />}
      {opened?.what === "delete" && <DeleteTeamDialog team={opened.team} onClose={close} />}
    </>
  );
}

interface Acts {
  onOpen: (opened: Opened) => void;
  onPolicy: (team: TeamId) => void;
}

function columnsFor(acts: Acts | undefined): Column<Team>[] {
  const columns: Column<Team>[] = [
    {
      head: "Team",
      width: "minmax(140px, 1.5fr)",
      narrow: "lead",
      cell: ({ id, name }) => (
        <Link to="/people" search={{ team: id }} className={styles.name} title={`The people of ${name}`}>
          {name}
        </Link>
      ),
    },
    { head: "People", width: "80px", align: "end", cell: ({ people }) => peopleWords(people) },
    {
      head: "Managed by",
      width: "minmax(0, 2.5fr)",
      cell: ({ managers }) =>
        managers.length > 0 ? (
          <span title={namesOf(managers)}>{namesOf(managers)}</span>
        ) : (
          <span className={styles.none}>Nobody: administrators only</span>
        ),
    },
  ];
  if (acts) {
    columns.push({
      head: "Actions",
      width: "36px",
      narrow: "end",
      isHeadSilent: true,
      cell: (team) => <TeamMenu team={team} acts={acts} />,
    });
  }
  return columns;
}

function TeamMenu({ team, acts }: { team: Team; acts: Acts }) {
  return (
    <Menu label={`Actions for ${team.name}`} face={<Ellipsis size={16} aria-hidden />}>
      <MenuItem icon={<Pencil size={16} aria-hidden />} onSelect={() => acts.onOpen({ team, what: "rename" })}>
        Rename
      </MenuItem>
      <MenuItem icon={<SlidersHorizontal size={16} aria-hidden />} onSelect={() => acts.onPolicy(team.id)}>
        Policy of this team
      </MenuItem>
      <MenuItem icon={<Trash2 size={16} aria-hidden />} onSelect={() => acts.onOpen({ team, what: "delete" })}>
        Delete
      </MenuItem>
    </Menu>
  );
}

function namesOf(managers: Team["managers"]): string {
  return managers.map(({ name }) => name).join(", ");
}

function peopleWords(count: number): ReactNode {
  return (
    <>
      {count.toLocaleString("en-GB")}
      <span className={styles.narrowWord}>{count === 1 ? " person" : " people"}</span>
    </>
  );
}
