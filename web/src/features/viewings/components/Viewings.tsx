import { useInfiniteQuery } from "@tanstack/react-query";
import { EyeOff, SearchX } from "lucide-react";
import { type ReactNode, useMemo, useState } from "react";
import type { EmployeeId } from "@/api/types";
import { moreOf, usePagedRows } from "@/lib/http/pagedRows";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { ExportButtons } from "@/ui/ExportButtons";
import { Notice } from "@/ui/Notice";
import { type ViewingSubject, viewingsExportPath, viewingsQuery } from "../api/viewings";
import type { ViewingSearch } from "../model/viewingSearch";
import { ViewingFilters } from "./ViewingFilters";
import styles from "./Viewings.module.css";
import { ViewingTable } from "./ViewingTable";

interface ViewingsProps {
  /** `oneself`: the person's own, said to them. `people`: of everyone whom they may see. */
  subject: ViewingSubject;
  /** The person who is signed in. */
  self: EmployeeId;
  search: ViewingSearch;
  /** Merges into the address. */
  onSearch: (change: ViewingSearch) => void;
  person: ReactNode;
  timeZone: string;
}

/** Who viewed whom: every time, exactly, with its filters and its file. */
export function Viewings({ subject, self, search, onSearch, person, timeZone }: ViewingsProps) {
  const asked = useMemo(
    () => (subject === "oneself" ? { ...search, employee: self } : search),
    [subject, self, search],
  );
  const query = useInfiniteQuery(viewingsQuery(asked, subject));
  const [exportError, setExportError] = useState<Error>();
  const viewings = usePagedRows(query);
  const isFiltered = search.from !== undefined || search.to !== undefined || search.employee !== undefined;
  const error = exportError ?? (viewings ? undefined : query.error);
  return (
    <>
      <ViewingFilters
        search={search}
        onSearch={onSearch}
        person={person}
        timeZone={timeZone}
        exports={
          <ExportButtons
            name="viewings"
            path={(format) => viewingsExportPath(asked, format)}
            onError={setExportError}
          />
        }
      />
      {error && (
        <div className={styles.notice}>
          <Notice tone="error" action={!viewings && <Button onClick={() => void query.refetch()}>Try again</Button>}>
            {error.message}
          </Notice>
        </div>
      )}
      {!viewings && !error && <Skeleton />}
      {viewings && viewings.length > 0 && (
        <div className={styles.card}>
          <ViewingTable
            viewings={viewings}
            subject={subject}
            timeZone={timeZone}
            caption={subject === "oneself" ? "Who viewed you, the latest first" : "Viewings, the latest first"}
            {...moreOf(query)}
          />
        </div>
      )}
      {viewings?.length === 0 && (
        <Nothing
          subject={subject}
          isFiltered={isFiltered}
          onClear={() => onSearch({ employee: undefined, from: undefined, to: undefined })}
        />
      )}
    </>
  );
}

interface NothingProps {
  subject: ViewingSubject;
  isFiltered: boolean;
  onClear: () => void;
}

function Nothing({ subject, isFiltered, onClear }: NothingProps) {
  if (isFiltered) {
    return (
      <EmptyState
        icon={<SearchX size={20} aria-hidden />}
        title="No viewing matches"
        action={<Button onClick={onClear}>Clear filters</Button>}
      >
        Nobody watched in the days that are chosen.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<EyeOff size={20} aria-hidden />}
      title={subject === "oneself" ? "Nobody has viewed your screen" : "Nobody has watched yet"}
    >
      {subject === "oneself"
        ? "Whenever somebody does, it is written down here: who, what, and from when to when."
        : "Every time somebody watches a screen, it is written down here, and the person who was watched sees it too."}
    </EmptyState>
  );
}

/** Says nothing while the table is on its way, at a size that it may have. */
function Skeleton() {
  return (
    <div className={styles.card} aria-hidden="true">
      <div className={styles.skeleton} />
      <div className={styles.placeholder} />
    </div>
  );
}
