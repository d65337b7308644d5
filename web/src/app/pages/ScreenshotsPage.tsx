import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useCallback } from "react";
import type { EmployeeId, Team } from "@/api/types";
import { teamsQuery } from "@/features/presence/api/teams";
import { TeamFilter } from "@/features/presence/components/TeamFilter";
import { usePresence, usePresenceEntry } from "@/features/presence/hooks/presenceContext";
import { AskForShot } from "@/features/screenshots/components/AskForShot";
import { Screenshots } from "@/features/screenshots/components/Screenshots";
import type { ShotSearch } from "@/features/screenshots/model/shotSearch";
import { useDocumentTitle } from "@/lib/dom/useDocumentTitle";
import { PageHeader } from "@/ui/PageHeader";
import { useMe } from "../useMe";
import { useReach } from "../useReach";
import { useSought } from "../useSought";
import { PersonChoice } from "./PersonChoice";

const route = getRouteApi("/frame/screenshots");
const NO_TEAMS: readonly Team[] = [];
const anybody = () => true;

/** `/screenshots`: the pictures of a day. An employee sees their own, as a manager sees them. */
export function ScreenshotsPage() {
  const me = useMe();
  const isOwn = me.role === "employee";
  const title = isOwn ? "My screenshots" : "Screenshots";
  useDocumentTitle(title);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { store } = usePresence();
  const onSearch = useCallback(
    (change: ShotSearch) =>
      void navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false }),
    [navigate],
  );
  const nameOf = useCallback(
    (employee: EmployeeId) => store.entry(employee)?.name ?? (employee === me.employeeId ? me.name : employee),
    [store, me],
  );
  return (
    <>
      <PageHeader
        title={title}
        lead={
          isOwn
            ? "Every picture that was taken of your screen, as your organization sees it."
            : "Every picture that was taken, to the second. Each person sees the same of themselves."
        }
      />
      <Screenshots
        search={search}
        onSearch={onSearch}
        timeZone={me.organization.timeZone}
        self={isOwn ? me.employeeId : undefined}
        nameOf={nameOf}
        isSought={useSought(search.team, undefined) ?? anybody}
        mayDelete={me.role === "admin"}
        filters={!isOwn && <Filters search={search} onSearch={onSearch} />}
        nothing={
          <>
            Pictures are taken while somebody works, at a random moment in each interval.{" "}
            {!isOwn && <Link to="/hours">Set the intervals in Work hours.</Link>}
          </>
        }
      />
    </>
  );
}

interface FiltersProps {
  search: ShotSearch;
  onSearch: (change: ShotSearch) => void;
}

function Filters({ search, onSearch }: FiltersProps) {
  const teams = useQuery(teamsQuery).data ?? NO_TEAMS;
  const entry = usePresenceEntry(search.employee ?? "");
  const mayReach = useReach();
  return (
    <>
      <PersonChoice
        label="Person"
        placeholder="Everybody"
        employee={search.employee}
        onChoose={(employee) => onSearch({ employee, open: undefined })}
      />
      <TeamFilter teams={teams} team={search.team} onChoose={(team) => onSearch({ team, open: undefined })} />
      {entry && mayReach(entry.employee, "watch_screen") && (
        <AskForShot key={entry.employee} employee={entry.employee} name={entry.name} />
      )}
    </>
  );
}
