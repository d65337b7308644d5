import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { EyeOff, Users } from "lucide-react";
import { type ReactNode, useCallback, useEffect, useMemo, useRef } from "react";
import type { Team } from "@/api/types";
import { LiveWall } from "@/features/live/components/LiveWall";
import type { SearchChange } from "@/features/live/hooks/useWallActions";
import { teamsQuery } from "@/features/presence/api/teams";
import { TeamFilter } from "@/features/presence/components/TeamFilter";
import { usePresence } from "@/features/presence/hooks/presenceContext";
import { useDocumentTitle } from "@/lib/dom/useDocumentTitle";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { PageHeader } from "@/ui/PageHeader";
import { useMe } from "../useMe";
import { wallPeople } from "./LiveWallPeople";

const route = getRouteApi("/frame/live");
const NO_TEAMS: readonly Team[] = [];

/** `/live`: everybody's screens, for those who may watch. */
export function LiveWallPage() {
  useDocumentTitle("Live wall");
  const { role, capabilities, managedTeams } = useMe();
  if (!capabilities.includes("watch_screen")) {
    return (
      <Refusal icon={<EyeOff size={20} aria-hidden />} title="You may not watch screens">
        An administrator can grant it to you.
      </Refusal>
    );
  }
  if (role === "manager" && managedTeams.length === 0) {
    return (
      <Refusal icon={<Users size={20} aria-hidden />} title="You manage no team yet">
        Once an administrator gives you a team, its screens appear here.
      </Refusal>
    );
  }
  return <Wall />;
}

function Wall() {
  const { employeeId } = useMe();
  const { store, timeZone } = usePresence();
  const people = useMemo(() => wallPeople(store, employeeId), [store, employeeId]);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const router = useRouter();
  const teams = useQuery(teamsQuery).data ?? NO_TEAMS;
  const isOpen = search.open !== undefined;
  /** Whether the enlarged view was opened from the wall, so that the wall is one step back. */
  const isStepBack = useRef(false);
  useEffect(() => {
    if (!isOpen) isStepBack.current = false;
  }, [isOpen]);

  const onSearch = useCallback<SearchChange>(
    (change, how) => {
      // From one enlarged display to another is no step: Back leads to the wall from each.
      const isStep = how === "step" && !isOpen;
      if (isStep) isStepBack.current = true;
      void navigate({ search: (before) => ({ ...before, ...change }), replace: !isStep });
    },
    [navigate, isOpen],
  );
  const onLeave = useCallback(() => {
    if (isStepBack.current) router.history.back();
    else void navigate({ search: (before) => ({ ...before, open: undefined }), replace: true });
  }, [navigate, router]);

  return (
    <LiveWall
      people={people}
      timeZone={timeZone}
      search={search}
      onSearch={onSearch}
      onLeave={onLeave}
      teamFilter={<TeamFilter teams={teams} team={search.team} onChoose={(team) => onSearch({ team }, "replace")} />}
      aloneAction={<ToDashboard />}
    />
  );
}

function Refusal({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <>
      <PageHeader title="Live wall" lead="Everybody's screens, as they are now." />
      <EmptyState icon={icon} title={title} action={<ToDashboard />}>
        {children}
      </EmptyState>
    </>
  );
}

function ToDashboard() {
  const navigate = route.useNavigate();
  return <Button onClick={() => void navigate({ to: "/" })}>Go to the dashboard</Button>;
}
