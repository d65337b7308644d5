import { useInfiniteQuery } from "@tanstack/react-query";
import { SearchX, Users } from "lucide-react";
import { type ReactNode, useMemo, useState } from "react";
import type { Team } from "@/api/types";
import { moreOf, usePagedRows } from "@/lib/http/pagedRows";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { ExportButtons } from "@/ui/ExportButtons";
import { FilterBar, FilterSelect, FilterText } from "@/ui/FilterBar";
import { Notice } from "@/ui/Notice";
import { peopleExportPath, peopleQuery } from "../api/employees";
import { isFiltered, type PeopleSearch } from "../model/peopleSearch";
import { isRole, ROLES } from "../model/roles";
import { PeopleTable, type PeopleTableProps, PeopleTableSkeleton } from "./PeopleTable";

interface PeopleProps extends Pick<PeopleTableProps, "status" | "timeZone"> {
  teams: readonly Team[];
  search: PeopleSearch;
  /** Merges into the address. */
  onSearch: (change: PeopleSearch) => void;
  /** What to do where nobody is. */
  addAction: ReactNode;
}

const ROLE_OPTIONS = ROLES.map(({ role, word }) => ({ id: role, word }));
const STATE_OPTIONS = [
  { id: "closed", word: "Closed accounts" },
  { id: "all", word: "Open and closed" },
] as const;

/** Everybody with an account: to find, to open, and as a file. */
export function People({ teams, status, timeZone, search, onSearch, addAction }: PeopleProps) {
  const query = useInfiniteQuery(peopleQuery(search));
  const [exportError, setExportError] = useState<Error>();
  const people = usePagedRows(query);
  const teamNames = useMemo(() => new Map(teams.map(({ id, name }) => [id, name])), [teams]);
  const error = exportError ?? (people ? undefined : query.error);
  return (
    <>
      <FilterBar
        end={
          <ExportButtons name="people" path={(format) => peopleExportPath(search, format)} onError={setExportError} />
        }
      >
        <FilterText label="Name, e-mail or ID" text={search.q} onText={(q) => onSearch({ q })} />
        <FilterSelect
          label="Team"
          all="All teams"
          options={teams.map(({ id, name }) => ({ id, word: name }))}
          chosen={search.team}
          onChoose={(team) => onSearch({ team })}
        />
        <FilterSelect
          label="Role"
          all="All roles"
          options={ROLE_OPTIONS}
          chosen={search.role}
          onChoose={(role) => onSearch({ role: isRole(role) ? role : undefined })}
        />
        <FilterSelect
          label="Account"
          all="Open accounts"
          options={STATE_OPTIONS}
          chosen={search.state}
          onChoose={(state) => onSearch({ state: state as PeopleSearch["state"] })}
        />
      </FilterBar>
      {error && (
        <Notice tone="error" action={!people && <Button onClick={() => void query.refetch()}>Try again</Button>}>
          {error.message}
        </Notice>
      )}
      {!people && !error && <PeopleTableSkeleton />}
      {people && people.length > 0 && (
        <PeopleTable people={people} teamNames={teamNames} status={status} timeZone={timeZone} {...moreOf(query)} />
      )}
      {people?.length === 0 &&
        (isFiltered(search) ? (
          <EmptyState
            icon={<SearchX size={20} aria-hidden />}
            title="Nobody matches"
            action={
              <Button onClick={() => onSearch({ q: undefined, team: undefined, role: undefined, state: undefined })}>
                Clear filters
              </Button>
            }
          >
            No account fits what is searched for.
          </EmptyState>
        ) : (
          <EmptyState icon={<Users size={20} aria-hidden />} title="Nobody here yet" action={addAction}>
            Add people one by one, or import them from a CSV file.
          </EmptyState>
        ))}
    </>
  );
}
