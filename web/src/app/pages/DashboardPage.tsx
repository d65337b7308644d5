import { getRouteApi, Link } from "@tanstack/react-router";
import { UserPlus, Users } from "lucide-react";
import { type ReactNode, useCallback, useState } from "react";
import { AlertStrip } from "@/features/alerts/components/AlertStrip";
import { PublishReminder } from "@/features/notice/components/PublishReminder";
import { Board } from "@/features/presence/components/Board";
import type { BoardSearch } from "@/features/presence/model/boardSearch";
import { useDocumentTitle } from "@/lib/dom/useDocumentTitle";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { PageHeader } from "@/ui/PageHeader";
import { useMe } from "../useMe";
import { AddPerson } from "./AddPerson";
import { DashboardShots } from "./DashboardShots";

const route = getRouteApi("/frame/");

/** `/`: the live board, for those who may watch. */
export function DashboardPage() {
  useDocumentTitle("Dashboard");
  const { role, organization, managedTeams, capabilities } = useMe();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [isAdding, setAdding] = useState(false);
  const isWithoutTeam = role === "manager" && managedTeams.length === 0;
  const onSearch = useCallback(
    (change: BoardSearch) =>
      void navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false }),
    [navigate],
  );
  const addPerson = (look: "quiet" | "primary") =>
    role === "admin" && (
      <Button look={look} onClick={() => setAdding(true)}>
        <UserPlus size={16} aria-hidden />
        Add person
      </Button>
    );
  return (
    <>
      <PageHeader
        title="Dashboard"
        lead={`Who is working ${role === "manager" ? "in your teams" : `at ${organization.name}`}, the moment it changes.`}
      >
        {addPerson("quiet")}
      </PageHeader>
      {role === "admin" && <PublishReminder organization={organization.name} />}
      <Board
        search={search}
        onSearch={onSearch}
        alerts={<AlertStrip reader="manager" more={<Link to="/alerts">All alerts</Link>} />}
        canWatch={capabilities.includes("watch_screen")}
        alone={isWithoutTeam ? <NoTeams /> : <NobodyElse action={addPerson("primary")} />}
      >
        <DashboardShots search={search} />
      </Board>
      {isAdding && <AddPerson onClose={() => setAdding(false)} />}
    </>
  );
}

function NobodyElse({ action }: { action: ReactNode }) {
  return (
    <EmptyState icon={<Users size={20} aria-hidden />} title="Your people appear here" action={action}>
      The moment somebody signs in, or their agent connects, their card shows up by itself.
    </EmptyState>
  );
}

function NoTeams() {
  return (
    <EmptyState icon={<Users size={20} aria-hidden />} title="You manage no team yet">
      Once an administrator gives you a team, its people appear here.
    </EmptyState>
  );
}
