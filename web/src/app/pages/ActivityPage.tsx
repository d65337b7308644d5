import { getRouteApi, Link } from "@tanstack/react-router";
import { Images, SearchX } from "lucide-react";
import { useCallback } from "react";
import type { EmployeeId } from "@/api/types";
import { TodayHours } from "@/features/hours/components/TodayHours";
import { useHoursEvents } from "@/features/hours/hooks/useHoursEvents";
import { usePresence, usePresenceEntry } from "@/features/presence/hooks/presenceContext";
import { shownStatus } from "@/features/presence/model/shownStatus";
import { RecentPeople } from "@/features/screenshots/components/RecentPeople";
import { useDocumentTitle } from "@/lib/dom/useDocumentTitle";
import { useToday } from "@/lib/time/useToday";
import { Avatar } from "@/ui/Avatar";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { PageHeader } from "@/ui/PageHeader";
import { StatusBadge } from "@/ui/StatusBadge";
import type { ActivitySearch } from "../activitySearch";
import { PeopleFilters } from "../PeopleFilters";
import { useMe } from "../useMe";
import { useSought } from "../useSought";
import { ActivityExports } from "./ActivityExports";
import styles from "./ActivityPage.module.css";

const route = getRouteApi("/frame/activity");

/** `/activity`: everybody's latest pictures beside what they worked today. */
export function ActivityPage() {
  useDocumentTitle("Activity");
  const me = useMe();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { store, timeZone } = usePresence();
  useHoursEvents(0);
  const today = useToday(timeZone);
  const onSearch = useCallback(
    (change: ActivitySearch) =>
      void navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false }),
    [navigate],
  );
  const nameOf = useCallback((employee: EmployeeId) => store.entry(employee)?.name ?? employee, [store]);
  return (
    <>
      <PageHeader
        title="Activity"
        lead="The latest screenshots of each person, as they arrive, beside what they worked today."
      />
      <div className={styles.filters}>
        {me.role !== "employee" && <PeopleFilters search={search} onSearch={onSearch} />}
        <span className={styles.zone}>{`Times of ${timeZone.replaceAll("_", " ")}`}</span>
        <ActivityExports team={search.team} today={today} />
      </div>
      <RecentPeople
        timeZone={timeZone}
        nameOf={nameOf}
        isSought={useSought(search.team, search.q)}
        headOf={(employee, name) => <Head employee={employee} name={name} />}
        moreOf={(employee) => (
          <Link to="/screenshots" search={{ employee }}>
            All screenshots
          </Link>
        )}
        unmatched={
          <EmptyState
            icon={<SearchX size={20} aria-hidden />}
            title="Nobody matches"
            action={<Button onClick={() => onSearch({ team: undefined, q: undefined })}>Clear filters</Button>}
          >
            Nobody with screenshots fits the team and the search that are chosen.
          </EmptyState>
        }
        nothing={
          <EmptyState
            icon={<Images size={20} aria-hidden />}
            title="No screenshots yet"
            action={<Link to="/hours">Look at the work hours</Link>}
          >
            They appear here as agents take them: once somebody works, has read the notice, and has an agent connected.
          </EmptyState>
        }
      />
    </>
  );
}

function Head({ employee, name }: { employee: EmployeeId; name: string }) {
  const { timeZone, lostAtMs } = usePresence();
  const entry = usePresenceEntry(employee);
  return (
    <>
      <h2 className={styles.name}>
        <Avatar name={name} size={28} />
        <Link to="/hours" search={{ q: employee, open: employee }}>
          {name}
        </Link>
      </h2>
      <span>{entry && <StatusBadge status={lostAtMs === undefined ? shownStatus(entry) : "unknown"} />}</span>
      <TodayHours employee={employee} name={name} timeZone={timeZone} />
    </>
  );
}
