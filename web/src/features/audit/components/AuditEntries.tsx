import { useInfiniteQuery } from "@tanstack/react-query";
import { ScrollText, SearchX } from "lucide-react";
import { type ReactNode, useMemo, useState } from "react";
import type { AuditRecord, EmployeeId } from "@/api/types";
import { moreOf, usePagedRows } from "@/lib/http/pagedRows";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { ExportButtons } from "@/ui/ExportButtons";
import { FilterBar, FilterDays, FilterSelect } from "@/ui/FilterBar";
import { Moment } from "@/ui/Moment";
import { Notice } from "@/ui/Notice";
import { type Column, RowTable, RowTableSkeleton } from "@/ui/RowTable";
import { auditExportPath, auditQuery } from "../api/audit";
import { type AuditSearch, isFiltered } from "../model/auditSearch";
import { ACTIONS, actionWord, detailLine } from "../model/auditWords";
import styles from "./AuditEntries.module.css";
import { EntryDialog } from "./EntryDialog";

export interface AuditEntriesProps {
  search: AuditSearch;
  /** Merges into the address. */
  onSearch: (change: AuditSearch) => void;
  /** The choice of a person by one of the two roles that somebody has in an entry. */
  person: (which: "actor" | "subject") => ReactNode;
  timeZone: string;
}

const ACTION_OPTIONS = ACTIONS.map(({ action, word }) => ({ id: action, word }));

/** Who did what to whom, with its filters and its file. */
export function AuditEntries({ search, onSearch, person, timeZone }: AuditEntriesProps) {
  const query = useInfiniteQuery(auditQuery(search));
  const [exportError, setExportError] = useState<Error>();
  const [opened, setOpened] = useState<AuditRecord>();
  const columns = useMemo(() => columnsFor(timeZone, setOpened), [timeZone]);
  const entries = usePagedRows(query);
  const error = exportError ?? (entries ? undefined : query.error);
  return (
    <>
      <FilterBar
        end={<ExportButtons name="audit" path={(format) => auditExportPath(search, format)} onError={setExportError} />}
      >
        {person("actor")}
        {person("subject")}
        <FilterSelect
          label="What was done"
          all="Everything"
          options={ACTION_OPTIONS}
          chosen={search.action}
          onChoose={(action) => onSearch({ action })}
        />
        <FilterDays from={search.from} to={search.to} onDays={onSearch} />
      </FilterBar>
      {error && (
        <Notice tone="error" action={!entries && <Button onClick={() => void query.refetch()}>Try again</Button>}>
          {error.message}
        </Notice>
      )}
      {!entries && !error && <RowTableSkeleton columns={columns} rows={10} />}
      {entries && entries.length > 0 && (
        <RowTable
          caption={`Audit, the latest first (${timeZone.replaceAll("_", " ")})`}
          columns={columns}
          rows={entries}
          rowKey={({ id }) => id}
          {...moreOf(query)}
        />
      )}
      {entries?.length === 0 && <Nothing isFiltered={isFiltered(search)} onSearch={onSearch} />}
      {opened && <EntryDialog entry={opened} timeZone={timeZone} onClose={() => setOpened(undefined)} />}
    </>
  );
}

function Nothing({ isFiltered: isNarrowed, onSearch }: { isFiltered: boolean } & Pick<AuditEntriesProps, "onSearch">) {
  if (!isNarrowed) {
    return (
      <EmptyState icon={<ScrollText size={20} aria-hidden />} title="Nothing is written down yet">
        Whatever is changed, and whoever signs in, stands here.
      </EmptyState>
    );
  }
  const clear = { actor: undefined, subject: undefined, action: undefined, from: undefined, to: undefined };
  return (
    <EmptyState
      icon={<SearchX size={20} aria-hidden />}
      title="No entry matches"
      action={<Button onClick={() => onSearch(clear)}>Clear filters</Button>}
    >
      Nothing of this kind was done in the days that are chosen.
    </EmptyState>
  );
}

function columnsFor(timeZone: string, onOpen: (entry: AuditRecord) => void): Column<AuditRecord>[] {
  return [
    {
      head: "When",
      width: "minmax(168px, 0.8fr)",
      narrow: "end",
      cell: ({ at }) => <Moment atMs={at} timeZone={timeZone} />,
    },
    {
      head: "What",
      width: "minmax(170px, 1.3fr)",
      narrow: "lead",
      cell: (entry) => (
        <button type="button" className={styles.what} onClick={() => onOpen(entry)}>
          {actionWord(entry.action)}
        </button>
      ),
    },
    { head: "By", width: "minmax(110px, 1fr)", cell: ({ actor, actorName }) => person(actor, actorName) ?? "The hub" },
    {
      head: "About",
      width: "minmax(110px, 1fr)",
      cell: ({ actor, subject, subjectName }) => (subject === actor ? null : person(subject, subjectName)),
    },
    {
      head: "Details",
      width: "minmax(0, 2.2fr)",
      narrow: "none",
      cell: (entry) => (
        <span className={styles.details} title={detailLine(entry, timeZone)}>
          {detailLine(entry, timeZone)}
        </span>
      ),
    },
  ];
}

function person(id: EmployeeId | null | undefined, name: string | null | undefined): ReactNode {
  return id == null ? undefined : <span title={id}>{name ?? id}</span>;
}
