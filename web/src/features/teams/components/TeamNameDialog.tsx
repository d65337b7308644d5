import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Team } from "@/api/types";
import { ApiError } from "@/lib/http/apiError";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field } from "@/ui/Field";
import stack from "@/ui/FormStack.module.css";
import { Notice } from "@/ui/Notice";
import { showToast } from "@/ui/toastStore";
import { createTeam, refreshTeams, renameTeam } from "../api/teams";

interface TeamNameDialogProps {
  /** The team to rename; absent: a new one. */
  team?: Team | undefined;
  /** Says what went wrong when a renaming was taken back. */
  onUndoError: (error: Error) => void;
  onClose: () => void;
}

/** Names a new team, or an old one anew. */
export function TeamNameDialog({ team, onUndoError, onClose }: TeamNameDialogProps) {
  const queryClient = useQueryClient();
  const [name, setName] = useState(team?.name ?? "");
  const saving = useMutation({
    mutationFn: () => (team ? renameTeam(team.id, name.trim()) : createTeam(name.trim())),
    onSuccess: async (saved) => {
      await refreshTeams(queryClient);
      if (team) showToast(`${team.name} is now ${saved.name}.`, { undo: () => void undo(team) });
      else showToast(`${saved.name} is created.`);
      onClose();
    },
  });
  const wrong = saving.error instanceof ApiError ? saving.error.fields.name : undefined;

  async function undo({ id, name: before }: Team): Promise<void> {
    try {
      await renameTeam(id, before);
      await refreshTeams(queryClient);
    } catch (error) {
      onUndoError(error instanceof Error ? error : new Error(String(error)));
    }
  }

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (!saving.isPending) saving.mutate();
  }

  return (
    <Dialog title={team ? `Rename ${team.name}` : "New team"} onClose={onClose}>
      <form className={stack.stack} onSubmit={onSubmit}>
        {saving.error && !wrong && <Notice tone="error">{saving.error.message}</Notice>}
        <Field
          label="Name"
          required
          maxLength={200}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={wrong}
        />
        <div className={stack.buttons}>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            type="submit"
            disabled={saving.isPending || name.trim() === "" || name.trim() === team?.name}
          >
            {saving.isPending ? "Saving…" : team ? "Rename" : "Create team"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
