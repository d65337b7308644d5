import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import type { TeamId } from "@/api/types";
import { teamsQuery } from "@/features/presence/api/teams";
import { TeamNameDialog } from "@/features/teams/components/TeamNameDialog";
import { Teams } from "@/features/teams/components/Teams";
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
  const canManage = role === "admin";
  const all = useQuery(teamsQuery);
  const teams = useMemo(
    () => (canManage ? all.data : all.data?.filter(({ id }) => managedTeams.includes(id))),
    [all.data, canManage, managedTeams],
  );
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
          teams={teams}
          q={q}
          onText={(text) => void navigate({ search: { q: text }, replace: true, resetScroll: false })}
          canManage={canManage}
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
