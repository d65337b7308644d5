import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { FileUp, UserPlus, Users } from "lucide-react";
import { useCallback, useState } from "react";
import type { EmployeeId, Team } from "@/api/types";
import { OpenInvitations } from "@/features/people/components/OpenInvitations";
import { People } from "@/features/people/components/People";
import type { PeopleSearch } from "@/features/people/model/peopleSearch";
import { teamsQuery } from "@/features/presence/api/teams";
import { useDocumentTitle } from "@/lib/dom/useDocumentTitle";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { PageHeader } from "@/ui/PageHeader";
import { PrintLine } from "@/ui/PrintLine";
import { useMe } from "../useMe";
import { AddPerson } from "./AddPerson";
import { PersonStatus } from "./PersonStatus";
import styles from "./SettingsLayout.module.css";

const route = getRouteApi("/frame/people/");
const NO_TEAMS: readonly Team[] = [];

/** `/people`: everybody with an account whom one may manage. */
export function PeoplePage() {
  useDocumentTitle("People");
  const { role, managedTeams, organization } = useMe();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [isAdding, setAdding] = useState(false);
  const teams = useQuery(teamsQuery).data ?? NO_TEAMS;
  const onSearch = useCallback(
    (change: PeopleSearch) =>
      void navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false }),
    [navigate],
  );
  const isAdmin = role === "admin";
  const lead = isAdmin ? "Everybody with an account, their role and their team." : "The people of your teams.";
  if (!isAdmin && managedTeams.length === 0) {
    return (
      <>
        <PageHeader title="People" lead={lead} />
        <EmptyState icon={<Users size={20} aria-hidden />} title="You manage no team yet">
          Once an administrator gives you a team, its people appear here.
        </EmptyState>
      </>
    );
  }
  const add = (look: "primary" | "quiet") => (
    <Button look={look} onClick={() => setAdding(true)}>
      <UserPlus size={16} aria-hidden />
      Add person
    </Button>
  );
  return (
    <>
      <PageHeader title="People" lead={lead}>
        <Button onClick={() => void navigate({ to: "/people/import" })}>
          <FileUp size={16} aria-hidden />
          Import CSV
        </Button>
        {add("primary")}
      </PageHeader>
      <PrintLine timeZone={organization.timeZone} />
      <Tabs show={search.show} />
      {search.show === "invitations" ? (
        <OpenInvitations timeZone={organization.timeZone} />
      ) : (
        <People
          teams={isAdmin ? teams : teams.filter(({ id }) => managedTeams.includes(id))}
          status={statusOf}
          timeZone={organization.timeZone}
          search={search}
          onSearch={onSearch}
          addAction={add("primary")}
        />
      )}
      {isAdding && <AddPerson onClose={() => setAdding(false)} />}
    </>
  );
}

function statusOf(employee: EmployeeId) {
  return <PersonStatus employee={employee} />;
}

function Tabs({ show }: Pick<PeopleSearch, "show">) {
  return (
    <nav className={styles.tabs} aria-label="People and invitations">
      <Link
        to="/people"
        className={styles.tab}
        activeOptions={{ exact: true }}
        aria-current={show ? undefined : "page"}
      >
        Accounts
      </Link>
      <Link
        to="/people"
        search={{ show: "invitations" }}
        className={styles.tab}
        aria-current={show ? "page" : undefined}
      >
        Open invitations
      </Link>
    </nav>
  );
}
