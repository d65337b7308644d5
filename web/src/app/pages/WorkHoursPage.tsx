import { getRouteApi, Link } from "@tanstack/react-router";
import { Users } from "lucide-react";
import { useCallback } from "react";
import type { EmployeeId } from "@/api/types";
import { WorkHours } from "@/features/hours/components/WorkHours";
import type { HoursSearch } from "@/features/hours/model/hoursSearch";
import type { Period } from "@/features/hours/model/period";
import { usePresence } from "@/features/presence/hooks/presenceContext";
import { PeriodShots } from "@/features/screenshots/components/PeriodShots";
import { useDocumentTitle } from "@/lib/dom/useDocumentTitle";
import { daySpan } from "@/lib/time/calendar";
import { EmptyState } from "@/ui/EmptyState";
import { PageHeader } from "@/ui/PageHeader";
import { PeopleFilters } from "../PeopleFilters";
import { useMe } from "../useMe";
import { useReach } from "../useReach";
import { useSought } from "../useSought";

const route = getRouteApi("/frame/hours");

/** `/hours`: what everybody worked, exactly. An employee sees their own, with everything that a manager sees of them. */
export function WorkHoursPage() {
  const me = useMe();
  const isOwn = me.role === "employee";
  const title = isOwn ? "My work hours" : "Work hours";
  useDocumentTitle(title);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { store, timeZone } = usePresence();
  const reaches = useReach();
  const onSearch = useCallback(
    (change: HoursSearch) =>
      void navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false }),
    [navigate],
  );
  const nameOf = useCallback(
    (employee: EmployeeId) => store.entry(employee)?.name ?? (employee === me.employeeId ? me.name : employee),
    [store, me],
  );
  const shotsOf = useCallback(
    (employee: EmployeeId, { from, to }: Period) => (
      <PeriodShots
        employee={employee}
        fromMs={daySpan(from, timeZone).fromMs}
        toMs={daySpan(to, timeZone).toMs}
        timeZone={timeZone}
        more={
          <Link to="/screenshots" search={{ employee, date: to }}>
            All screenshots of the day
          </Link>
        }
      />
    ),
    [timeZone],
  );
  return (
    <>
      <PageHeader
        title={title}
        lead={
          isOwn
            ? "Your working time as your organization sees it: every segment, to the millisecond."
            : "Who worked when: every segment, to the millisecond. Each person sees the same of themselves."
        }
      />
      <WorkHours
        search={search}
        onSearch={onSearch}
        isSought={useSought(search.team, search.q)}
        filters={!isOwn && <PeopleFilters search={search} onSearch={onSearch} />}
        alone={!isOwn && <Alone />}
        timeZone={me.organization.timeZone}
        mayAssignInterval={useCallback((employee) => reaches(employee, "assign_interval"), [reaches])}
        mayCorrect={useCallback((employee) => reaches(employee, "correct_time"), [reaches])}
        nameOf={nameOf}
        shotsOf={shotsOf}
      />
    </>
  );
}

function Alone() {
  return (
    <EmptyState
      icon={<Users size={20} aria-hidden />}
      title="Only you are here yet"
      action={<Link to="/">Go to the dashboard</Link>}
    >
      Add people on the dashboard; their hours appear here the moment they punch in.
    </EmptyState>
  );
}
