import { useQuery } from "@tanstack/react-query";
import { Clock, SearchX } from "lucide-react";
import { type ReactNode, useMemo, useState } from "react";
import type { EmployeeId } from "@/api/types";
import { useToday } from "@/lib/time/useToday";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { Notice } from "@/ui/Notice";
import { summaryQuery } from "../api/hours";
import { HoursContextProvider, type HoursFacts } from "../hooks/hoursContext";
import { useHoursEvents } from "../hooks/useHoursEvents";
import { inOrder, totalOf } from "../model/hoursRow";
import { type HoursSearch, openOf, sortedBy, toggledOpen } from "../model/hoursSearch";
import { isCurrent as isCurrentPeriod, periodOf } from "../model/period";
import { ExportMenu } from "./ExportMenu";
import { HoursFigures } from "./HoursFigures";
import { HoursSkeleton } from "./HoursSkeleton";
import { HoursTable } from "./HoursTable";
import { PeriodBar } from "./PeriodBar";
import { PrintTitle } from "./PrintTitle";
import styles from "./WorkHours.module.css";

export interface WorkHoursProps
  extends Pick<HoursFacts, "timeZone" | "mayAssignInterval" | "mayCorrect" | "nameOf" | "shotsOf"> {
  search: HoursSearch;
  /** Merges into the address. */
  onSearch: (change: HoursSearch) => void;
  /** Whether somebody is in the team and text that are chosen; absent where nothing is chosen. */
  isSought: ((employee: EmployeeId) => boolean) | undefined;
  /** The choice of team and text, where there is one. */
  filters: ReactNode;
  /** What stands there where nobody has an account yet but oneself. */
  alone: ReactNode;
}

/** Everybody's hours of a day, a week or a range: exact, exportable, correctable. */
export function WorkHours({ search, onSearch, isSought, filters, alone, ...given }: WorkHoursProps) {
  const { timeZone, mayAssignInterval, mayCorrect, nameOf, shotsOf } = given;
  const today = useToday(timeZone);
  const period = useMemo(() => periodOf(search, today), [search, today]);
  const isCurrent = isCurrentPeriod(period, today);
  const facts = useMemo<HoursFacts>(
    () => ({ period, today, isCurrent, timeZone, mayAssignInterval, mayCorrect, nameOf, shotsOf }),
    [period, today, isCurrent, timeZone, mayAssignInterval, mayCorrect, nameOf, shotsOf],
  );
  const query = useQuery(summaryQuery({ period, isCurrent }));
  useHoursEvents(query.data?.length ?? 0);
  const [exportError, setExportError] = useState<Error>();
  const order = search.sort ?? "name";
  const rows = useMemo(() => {
    const sought = isSought ? query.data?.filter(({ employeeId }) => isSought(employeeId)) : query.data;
    return sought && inOrder(sought, order, search.down === true);
  }, [query.data, isSought, order, search.down]);
  const total = useMemo(() => rows && totalOf(rows), [rows]);
  const open = useMemo(() => new Set(openOf(search)), [search]);
  const error = exportError ?? (query.data ? undefined : query.error);

  return (
    <HoursContextProvider value={facts}>
      <PrintTitle people={rows?.length} />
      <PeriodBar
        onSearch={onSearch}
        filters={filters}
        exports={
          <ExportMenu
            team={search.team}
            shown={search.q === undefined ? undefined : rows?.map(({ employeeId }) => employeeId)}
            onError={setExportError}
          />
        }
      />
      {error && (
        <div className={styles.notice}>
          <Notice tone="error" action={!query.data && <Button onClick={() => void query.refetch()}>Try again</Button>}>
            {error.message}
          </Notice>
        </div>
      )}
      {!query.data && !error && <HoursSkeleton />}
      {rows && total && query.data && (
        <>
          <HoursFigures total={total} people={rows.length} />
          {rows.length > 0 && (
            <HoursTable
              rows={rows}
              everyone={query.data}
              open={open}
              order={order}
              isDown={search.down === true}
              onSort={(next) => onSearch(sortedBy(search, next))}
              onToggle={(employee) => onSearch({ open: toggledOpen(search, employee) })}
            />
          )}
          {rows.length === 0 && query.data.length > 0 && (
            <EmptyState
              icon={<SearchX size={20} aria-hidden />}
              title="Nobody matches"
              action={<Button onClick={() => onSearch({ team: undefined, q: undefined })}>Clear filters</Button>}
            >
              No person fits the team and the search that are chosen.
            </EmptyState>
          )}
          {query.data.length === 0 && (
            <EmptyState icon={<Clock size={20} aria-hidden />} title="Nobody's hours are here yet">
              Once somebody is in your teams, their hours appear here.
            </EmptyState>
          )}
          {query.data.length === 1 && !isSought && alone}
        </>
      )}
    </HoursContextProvider>
  );
}
