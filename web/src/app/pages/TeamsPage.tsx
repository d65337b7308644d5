import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useCallback, useMemo, useState, useSyncExternalStore } from "react";
import type { Team, TeamId } from "@/api/types";
import { teamsQuery } from "@/features/presence/api/teams";
import { usePresence } from "@/features/presence/hooks/presenceContext";
import { managersQuery } from "@/features/teams/api/teams";
import { TeamNameDialog } from "@/features/teams/components/TeamNameDialog";
import { Teams } from "@/features/teams/components/Teams";
import { teamRows } from "@/features/teams/model/teamRows";
import { useDocumentTitle } from "@/lib/dom/useDocumentTitle";
import { Button } from "@/ui/Button";
import { Notice } from "@/ui/Notice";
import { PageHeader } from "@/ui/PageHeader";
import { useMe } from "../useMe";

const route = getRouteApi("/frame/teams");

/** `/teams`: who belongs together, and who manages them. */
export function TeamsPage() {
  useDocumentTitle("Teams");
  const { role, managedTeams } = useMe();
  const { q } = route.useSearch();
  const navigate = route.useNavigate();
  const [isCreating, setCreating] = useState(false);
  const { store } = usePresence();
  const shape = useSyncExternalStore(store.onShape, store.shape);
  const canManage = role === "admin";
  const all = useQuery(teamsQuery);
  const managers = useQuery({ ...managersQuery, enabled: canManage });
  const isLoaded = store.isLoaded() && (managers.data !== undefined || managers.isError || !canManage);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the shape stands for the entries, which change in place
  const rows = useMemo(() => {
    if (!all.data || !isLoaded) return undefined;
    const own = (team: Team) => canManage || managedTeams.includes(team.id);
    const members = [...store.entries()].map(({ team }) => team);
    return teamRows(all.data.filter(own), members, managers.data ?? [], q);
  }, [all.data, managers.data, isLoaded, canManage, managedTeams, store, shape, q]);
  const onPolicy = useCallback(
    (team: TeamId) => void navigate({ to: "/settings/policy", search: { team } }),
    [navigate],
  );
  const create = (look: "primary" | "quiet") =>
    canManage && (
      <Button look={look} onClick={() => setCreating(true)}>
        <Plus size={16} aria-hidden />
        New team
      </Button>
    );
  return (
    <>
      <PageHeader title="Teams" lead="Who belongs together. A manager sees the people of the teams that they manage.">
        {create("primary")}
      </PageHeader>
      {all.error && !all.data && (
        <Notice tone="error" action={<Button onClick={() => void all.refetch()}>Try again</Button>}>
          {all.error.message}
        </Notice>
      )}
      {!all.error && (
        <Teams
          rows={rows}
          q={q}
          onText={(text) => void navigate({ search: { q: text }, replace: true, resetScroll: false })}
          canManage={canManage}
          exports={null}
          createAction={create("primary")}
          onPolicy={onPolicy}
        />
      )}
      {isCreating && <TeamNameDialog onUndoError={ignore} onClose={() => setCreating(false)} />}
    </>
  );
}

/** A new team is not taken back by a toast. */
function ignore(): void {}
