import { Link } from "@tanstack/react-router";
import { type ReactNode, useMemo } from "react";
import type { Employee, EmployeeId } from "@/api/types";
import { Avatar } from "@/ui/Avatar";
import { type Column, RowTable, RowTableSkeleton } from "@/ui/RowTable";
import { TimeAgo } from "@/ui/TimeAgo";
import { roleWord } from "../model/roles";
import styles from "./PeopleTable.module.css";
import { PersonMenu } from "./PersonMenu";

export interface PeopleTableProps {
  teamNames: ReadonlyMap<string, string>;
  /** Somebody's presence now. */
  status: (employee: EmployeeId) => ReactNode;
  timeZone: string;
}

function columnsFor({ teamNames, status, timeZone }: PeopleTableProps): Column<Employee>[] {
  return [
    {
      head: "Person",
      width: "minmax(180px, 2fr)",
      narrow: "lead",
      cell: ({ employeeId, name }) => (
        <span className={styles.person}>
          <Avatar name={name} size={28} />
          <Link to="/people/$id" params={{ id: employeeId }} className={styles.name} title={name}>
            {name}
          </Link>
        </span>
      ),
    },
    { head: "Employee ID", width: "minmax(80px, 1fr)", cell: ({ employeeId }) => <code>{employeeId}</code> },
    {
      head: "E-mail",
      width: "minmax(0, 2fr)",
      narrow: "none",
      cell: ({ email }) => <span title={email}>{email}</span>,
    },
    {
      head: "Team",
      width: "minmax(0, 1.2fr)",
      cell: ({ teamId }) => (teamId ? (teamNames.get(teamId) ?? "") : <span className={styles.none}>No team</span>),
    },
    { head: "Role", width: "minmax(96px, 0.8fr)", narrow: "none", cell: ({ role }) => roleWord(role) },
    {
      head: "Last seen",
      width: "minmax(104px, 0.8fr)",
      narrow: "none",
      cell: (person) => <LastSeen person={person} timeZone={timeZone} />,
    },
    {
      head: "Now",
      width: "104px",
      narrow: "end",
      cell: ({ employeeId, active }) => (active ? status(employeeId) : <span className={styles.closed}>Closed</span>),
    },
    {
      head: "Actions",
      width: "36px",
      narrow: "end",
      isHeadSilent: true,
      cell: (person) => <PersonMenu person={person} />,
    },
  ];
}

/** When somebody was last there, or what has to happen first. */
function LastSeen({ person: { lastSeen, signIn, active }, timeZone }: { person: Employee; timeZone: string }) {
  if (lastSeen != null) return <TimeAgo atMs={lastSeen} timeZone={timeZone} />;
  if (!active || signIn === "password") return "Never";
  return signIn === "invited" ? "Invited" : <span className={styles.none}>Not invited</span>;
}

interface AllPeopleProps extends PeopleTableProps {
  people: readonly Employee[];
  hasMore: boolean;
  onMore: () => void;
}

/** Everybody with an account, one in a row. */
export function PeopleTable({ people, hasMore, onMore, teamNames, status, timeZone }: AllPeopleProps) {
  const columns = useMemo(() => columnsFor({ teamNames, status, timeZone }), [teamNames, status, timeZone]);
  return (
    <RowTable
      caption="People, by name"
      columns={columns}
      rows={people}
      rowKey={({ employeeId }) => employeeId}
      isQuiet={({ active }) => !active}
      hasMore={hasMore}
      onMore={onMore}
    />
  );
}

const NOBODY: ReadonlyMap<string, string> = new Map();

export function PeopleTableSkeleton() {
  return <RowTableSkeleton columns={columnsFor({ teamNames: NOBODY, status: () => null, timeZone: "UTC" })} />;
}
