import { ImageOff, SearchX } from "lucide-react";
import { type ReactNode, useMemo, useState } from "react";
import type { EmployeeId, ScreenshotId } from "@/api/types";
import { moreOf } from "@/lib/http/pagedRows";
import { addDays, daySpan } from "@/lib/time/calendar";
import { useToday } from "@/lib/time/useToday";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { ExportButtons } from "@/ui/ExportButtons";
import { Notice } from "@/ui/Notice";
import { type ShotFilter, shotsExportPath } from "../api/screenshots";
import { useShots } from "../hooks/useShots";
import { hourRows } from "../model/hourRows";
import { type ShotSearch, viewOf } from "../model/shotSearch";
import type { Shot } from "../model/shots";
import { DeleteShotDialog } from "./DeleteShotDialog";
import { HourBlocks } from "./HourBlocks";
import styles from "./Screenshots.module.css";
import { ShotBar } from "./ShotBar";
import { ShotDialog } from "./ShotDialog";
import { ShotGrid } from "./ShotGrid";

interface ScreenshotsProps {
  search: ShotSearch;
  /** Merges into the address. */
  onSearch: (change: ShotSearch) => void;
  timeZone: string;
  /** `oneself`: only the person's own. */
  self: EmployeeId | undefined;
  nameOf: (employee: EmployeeId) => string;
  /** Whether somebody is in the team that is chosen: the hub knows it of what it lists, the page of what arrives. */
  isSought: (employee: EmployeeId) => boolean;
  mayDelete: boolean;
  /** The choice of person and team, where there is one. */
  filters: ReactNode;
  /** What leads to pictures where there are none yet. */
  nothing: ReactNode;
}

/** The pictures of a day: by the hour for one person, as a grid for several. */
export function Screenshots({
  search,
  onSearch,
  timeZone,
  self,
  nameOf,
  isSought,
  mayDelete,
  filters,
  nothing,
}: ScreenshotsProps) {
  const today = useToday(timeZone);
  const date = search.date ?? today;
  const employee = self ?? search.employee;
  const view = viewOf({ ...search, employee });
  const filter = useMemo<ShotFilter>(
    () => ({ employee, team: search.team, from: date, to: date }),
    [employee, search.team, date],
  );
  const day = daySpan(date, timeZone);
  const isOfDay = (atMs: number) => atMs >= day.fromMs && atMs < day.toMs;
  const { query, shots: loaded } = useShots(filter, isOfDay, isSought);
  const shots = useMemo(
    () => (search.same === "hidden" ? loaded?.filter((shot) => !shot.isNearIdentical) : loaded),
    [loaded, search.same],
  );
  const [exportError, setExportError] = useState<Error>();
  const [deleting, setDeleting] = useState<Shot>();
  const open = shots?.find(({ id }) => id === search.open);
  const onOpen = (id: ScreenshotId | undefined) => onSearch({ open: id });
  const error = exportError ?? (loaded ? undefined : query.error);
  const alike = loaded?.filter((shot) => shot.isNearIdentical).length ?? 0;
  const isFiltered =
    search.employee !== undefined || search.team !== undefined || (search.same === "hidden" && alike > 0);

  return (
    <>
      <ShotBar
        search={search}
        view={view}
        date={date}
        today={today}
        timeZone={timeZone}
        count={shots?.length}
        hasMore={query.hasNextPage}
        alike={alike}
        onSearch={onSearch}
      >
        {filters}
        <ExportButtons name="screenshots" path={(format) => shotsExportPath(filter, format)} onError={setExportError} />
      </ShotBar>
      {error && (
        <div className={styles.notice}>
          <Notice tone="error" action={!loaded && <Button onClick={() => void query.refetch()}>Try again</Button>}>
            {error.message}
          </Notice>
        </div>
      )}
      {!loaded && !error && <ShotSkeleton />}
      {shots && shots.length > 0 && view === "hours" && (
        <HourBlocks
          rows={hourRows(shots, day, timeZone)}
          timeZone={timeZone}
          nameOf={employee === undefined ? nameOf : undefined}
          {...moreOf(query)}
          onOpen={onOpen}
        />
      )}
      {shots && shots.length > 0 && view === "grid" && (
        <ShotGrid
          shots={shots}
          nameOf={employee === undefined ? nameOf : undefined}
          timeZone={timeZone}
          {...moreOf(query)}
          onOpen={onOpen}
        />
      )}
      {shots?.length === 0 && isFiltered && (
        <EmptyState
          icon={<SearchX size={20} aria-hidden />}
          title="No screenshot matches"
          action={
            <Button onClick={() => onSearch({ employee: undefined, team: undefined, same: undefined })}>
              Clear filters
            </Button>
          }
        >
          No picture of that day fits what is chosen.
        </EmptyState>
      )}
      {shots?.length === 0 && !isFiltered && (
        <EmptyState
          icon={<ImageOff size={20} aria-hidden />}
          title={date === today ? "No screenshots today yet" : "No screenshots on this day"}
          action={<Button onClick={() => onSearch({ date: addDays(date, -1) })}>Look at the day before</Button>}
        >
          {nothing}
        </EmptyState>
      )}
      {open && shots && !deleting && (
        <ShotDialog
          shot={open}
          shots={shots}
          name={nameOf(open.employee)}
          timeZone={timeZone}
          onOpen={(shot) => onOpen(shot.id)}
          onClose={() => onOpen(undefined)}
          onDelete={mayDelete ? setDeleting : undefined}
        />
      )}
      {deleting && (
        <DeleteShotDialog
          shot={deleting}
          name={nameOf(deleting.employee)}
          timeZone={timeZone}
          onClose={(isDeleted) => {
            setDeleting(undefined);
            if (isDeleted) onOpen(undefined);
          }}
        />
      )}
    </>
  );
}

const PLACES = Array.from({ length: 12 }, (_, index) => `place ${index}`);

function ShotSkeleton() {
  return (
    <div className={styles.skeleton} aria-hidden="true">
      {PLACES.map((key) => (
        <div key={key} className={styles.place} />
      ))}
    </div>
  );
}
