import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { UserRoundX } from "lucide-react";
import type { Employee, Team } from "@/api/types";
import { PersonDevices } from "@/features/devices/components/PersonDevices";
import { personQuery } from "@/features/people/api/employees";
import { PersonProfile } from "@/features/people/components/PersonProfile";
import { PersonRights } from "@/features/people/components/PersonRights";
import { PersonSignIn } from "@/features/people/components/PersonSignIn";
import { roleWord } from "@/features/people/model/roles";
import { PolicySummary } from "@/features/policy/components/PolicySummary";
import { teamsQuery } from "@/features/presence/api/teams";
import { useDocumentTitle } from "@/lib/dom/useDocumentTitle";
import { ApiError } from "@/lib/http/apiError";
import { Avatar } from "@/ui/Avatar";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { Notice } from "@/ui/Notice";
import { PageHeader } from "@/ui/PageHeader";
import { useMe } from "../useMe";
import styles from "./PersonPage.module.css";
import { PersonStatus } from "./PersonStatus";

const route = getRouteApi("/frame/people/$id");
const NO_TEAMS: readonly Team[] = [];

/** `/people/INT2607`: one person's account, rights, policy and devices. */
export function PersonPage() {
  const { id } = route.useParams();
  const person = useQuery(personQuery(id));
  useDocumentTitle(person.data?.name ?? "Person");
  if (person.data) return <Person key={person.data.employeeId} person={person.data} />;
  if (!person.error) return <Skeleton />;
  if (person.error instanceof ApiError && (person.error.status === 404 || person.error.status === 403)) {
    return (
      <EmptyState
        heading="h1"
        icon={<UserRoundX size={20} aria-hidden />}
        title="There is no such person"
        action={<Link to="/people">Go to people</Link>}
      >
        {`Nobody whom you manage has the employee ID ${id}.`}
      </EmptyState>
    );
  }
  return (
    <Notice tone="error" action={<Button onClick={() => void person.refetch()}>Try again</Button>}>
      {person.error.message}
    </Notice>
  );
}

function Person({ person }: { person: Employee }) {
  const me = useMe();
  const { employeeId, name, role, active } = person;
  const allTeams = useQuery(teamsQuery).data ?? NO_TEAMS;
  const isAdmin = me.role === "admin";
  const teams = isAdmin ? allTeams : allTeams.filter(({ id }) => me.managedTeams.includes(id));
  const { timeZone } = me.organization;
  return (
    <>
      <PageHeader title={name} lead={`${roleWord(role)}, ${employeeId}${active ? "" : ", account closed"}`}>
        <div className={styles.now}>
          {active && <PersonStatus employee={employeeId} />}
          <Avatar name={name} size={36} />
        </div>
      </PageHeader>
      <div className={styles.cards}>
        <div className={styles.column}>
          <PersonProfile person={person} teams={teams} canUnteam={isAdmin} />
          <PersonSignIn person={person} isSelf={employeeId === me.employeeId} timeZone={timeZone} />
        </div>
        <div className={styles.column}>
          {isAdmin && <PersonRights person={person} teams={allTeams} />}
          <PolicySummary
            scope={{ employee: employeeId }}
            action={
              isAdmin && (
                <Link to="/settings/policy" search={{ employee: employeeId }}>
                  Change for this person
                </Link>
              )
            }
          />
        </div>
      </div>
      <PersonDevices employee={employeeId} name={name} canEnrol={active} timeZone={timeZone} canRevoke={isAdmin} />
      <nav className={styles.records} aria-label={`Records of ${name}`}>
        <Link to="/viewings" search={{ employee: employeeId }}>
          Who viewed this person
        </Link>
        {isAdmin && (
          <Link to="/audit" search={{ subject: employeeId }}>
            What was done about this person
          </Link>
        )}
      </nav>
    </>
  );
}

function Skeleton() {
  return (
    <div aria-hidden="true">
      <PageHeader title="…" lead="…" />
      <div className={styles.cards}>
        <div className={styles.skeleton} />
        <div className={styles.skeleton} />
      </div>
    </div>
  );
}
