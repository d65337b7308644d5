import { useQuery } from "@tanstack/react-query";
import { CheckCheck } from "lucide-react";
import { useMemo, useState } from "react";
import type { AcknowledgementState } from "@/api/types";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { ExportButtons } from "@/ui/ExportButtons";
import { FilterBar, FilterSelect } from "@/ui/FilterBar";
import { Moment } from "@/ui/Moment";
import { Notice } from "@/ui/Notice";
import { type Column, RowTable, RowTableSkeleton } from "@/ui/RowTable";
import { acknowledgementsExportPath, acknowledgementsQuery } from "../api/acknowledgements";
import type { NoticeSearch } from "../model/noticeSearch";
import styles from "./Acknowledgements.module.css";

interface AcknowledgementsProps {
  /** The version in force. */
  current: number;
  timeZone: string;
  search: NoticeSearch;
  onSearch: (change: NoticeSearch) => void;
}

const STATES = [
  { id: "missing", word: "Not yet" },
  { id: "given", word: "Acknowledged" },
] as const;

/** Who has acknowledged a version, where and when, and who has not. */
export function Acknowledgements({ current, timeZone, search, onSearch }: AcknowledgementsProps) {
  const version = Math.min(search.version ?? current, current);
  const query = useQuery(acknowledgementsQuery(version));
  const [exportError, setExportError] = useState<Error>();
  const columns = useMemo(() => columnsFor(timeZone), [timeZone]);
  const rows = query.data?.filter(({ acknowledgedAt }) => {
    if (search.state === undefined) return true;
    return (acknowledgedAt != null) === (search.state === "given");
  });
  const error = exportError ?? (query.data ? undefined : query.error);
  const versions = Array.from({ length: current - 1 }, (_, index) => current - 1 - index);
  return (
    <section aria-labelledby="acknowledgements">
      <h2 id="acknowledgements" className={styles.heading}>
        Who has acknowledged
      </h2>
      <FilterBar
        end={
          <ExportButtons
            name="acknowledgements"
            path={(format) => acknowledgementsExportPath(version, format)}
            onError={setExportError}
          />
        }
      >
        {versions.length > 0 && (
          <FilterSelect
            label="Version"
            all={`Version ${current}, in force`}
            options={versions.map((one) => ({ id: String(one), word: `Version ${one}` }))}
            chosen={version === current ? undefined : String(version)}
            onChoose={(one) => onSearch({ version: one === undefined ? undefined : Number(one) })}
          />
        )}
        <FilterSelect
          label="Answer"
          all="Everybody"
          options={STATES}
          chosen={search.state}
          onChoose={(state) => onSearch({ state: state as NoticeSearch["state"] })}
        />
      </FilterBar>
      {error && (
        <Notice tone="error" action={!query.data && <Button onClick={() => void query.refetch()}>Try again</Button>}>
          {error.message}
        </Notice>
      )}
      {!rows && !error && <RowTableSkeleton columns={columns} />}
      {rows && rows.length > 0 && (
        <RowTable caption="Acknowledgements" columns={columns} rows={rows} rowKey={({ employeeId }) => employeeId} />
      )}
      {rows?.length === 0 && (
        <EmptyState
          icon={<CheckCheck size={20} aria-hidden />}
          title={search.state === "missing" ? "Everybody has acknowledged it" : "Nobody yet"}
          action={<Button onClick={() => onSearch({ state: undefined })}>Show everybody</Button>}
        >
          {search.state === "missing"
            ? "Pictures are taken as the policy says."
            : "People see the text in the portal and on their agent."}
        </EmptyState>
      )}
    </section>
  );
}

function columnsFor(timeZone: string): Column<AcknowledgementState>[] {
  return [
    { head: "Person", width: "minmax(140px, 2fr)", narrow: "lead", cell: ({ name }) => name },
    { head: "Employee ID", width: "minmax(80px, 1fr)", cell: ({ employeeId }) => <code>{employeeId}</code> },
    {
      head: "Acknowledged",
      width: "minmax(168px, 1.2fr)",
      narrow: "end",
      cell: ({ acknowledgedAt }) =>
        acknowledgedAt == null ? (
          <span className={styles.missing}>Not yet</span>
        ) : (
          <Moment atMs={acknowledgedAt} timeZone={timeZone} />
        ),
    },
    { head: "Where", width: "minmax(90px, 1fr)", cell: ({ source }) => sourceWord(source) },
  ];
}

function sourceWord(source: AcknowledgementState["source"]): string {
  if (source == null) return "";
  return source === "agent" ? "On the agent" : "In the portal";
}
