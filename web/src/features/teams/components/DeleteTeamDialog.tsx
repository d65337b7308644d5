import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Team } from "@/api/types";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { showToast } from "@/ui/toastStore";
import { deleteTeam, refreshTeams } from "../api/teams";

/** Ends a team, and says before what becomes of its people. */
export function DeleteTeamDialog({ team, onClose }: { team: Team; onClose: () => void }) {
  const queryClient = useQueryClient();
  const deleting = useMutation({
    mutationFn: () => deleteTeam(team.id),
    onSuccess: async () => {
      await refreshTeams(queryClient);
      showToast(`${team.name} is deleted.`);
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={`Delete ${team.name}?`}
      word="Delete team"
      pendingWord="Deleting…"
      isPending={deleting.isPending}
      error={deleting.error}
      onConfirm={() => deleting.mutate()}
      onClose={onClose}
    >
      <p>{consequence(team)}</p>
    </ConfirmDialog>
  );
}

function consequence({ people, managers }: Team): string {
  const stay =
    people === 0
      ? "Nobody is in it"
      : `${people === 1 ? "1 person stays" : `${people} people stay`}, in no team: only administrators see them then`;
  const less =
    managers.length === 0
      ? ""
      : ` ${managers.map(({ name }) => name).join(", ")} ${managers.length === 1 ? "manages" : "manage"} one team less.`;
  return `${stay}.${less} What was decided in the team's policy ends; what is recorded stays.`;
}
