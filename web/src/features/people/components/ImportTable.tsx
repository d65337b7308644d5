import { CircleAlert, CircleCheck, CircleMinus } from "lucide-react";
import type { ImportRow } from "@/api/types";
import { type Column, RowTable } from "@/ui/RowTable";
import { isRole, roleWord } from "../model/roles";
import styles from "./ImportTable.module.css";

const COLUMNS: readonly Column<ImportRow>[] = [
  { head: "Line", width: "48px", narrow: "none", align: "end", cell: ({ line }) => line },
  { head: "Name", width: "minmax(120px, 1.3fr)", narrow: "lead", cell: ({ name }) => name },
  { head: "E-mail", width: "minmax(0, 1.6fr)", cell: ({ email }) => <span title={email}>{email}</span> },
  { head: "Employee ID", width: "minmax(0, 0.8fr)", narrow: "none", cell: ({ code }) => code },
  { head: "Team", width: "minmax(0, 0.8fr)", narrow: "none", cell: ({ team }) => team },
  { head: "Role", width: "100px", narrow: "none", cell: ({ role }) => (isRole(role) ? roleWord(role) : role) },
  { head: "What happens", width: "minmax(160px, 2fr)", narrow: "below", cell: Outcome },
];

/** The file line by line: who is created, who is left out, and what is wrong. */
export function ImportTable({ rows }: { rows: readonly ImportRow[] }) {
  return (
    <RowTable
      caption="The file, line by line"
      columns={COLUMNS}
      rows={rows}
      rowKey={({ line }) => String(line)}
      isQuiet={({ action, problem }) => action === "skip" && problem === null}
    />
  );
}

function Outcome({ problem, action }: ImportRow) {
  if (problem !== null) {
    return (
      <span className={styles.problem} title={problem}>
        <CircleAlert size={16} aria-hidden />
        <span>{problem}</span>
      </span>
    );
  }
  const isCreated = action === "create";
  const Icon = isCreated ? CircleCheck : CircleMinus;
  return (
    <span className={styles.outcome}>
      <Icon size={16} aria-hidden className={isCreated ? styles.good : undefined} />
      <span>{isCreated ? "Is created" : "Left out: has an account already"}</span>
    </span>
  );
}
