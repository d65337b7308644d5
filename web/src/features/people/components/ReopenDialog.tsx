import type { Employee } from "@/api/types";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { usePersonChange } from "../hooks/usePersonChange";

/** Opens a closed account again. */
export function ReopenDialog({ person, onClose }: { person: Employee; onClose: () => void }) {
  const changing = usePersonChange(person);
  return (
    <ConfirmDialog
      title={`Reopen the account of ${person.name}?`}
      word="Reopen account"
      pendingWord="Reopening…"
      look="primary"
      isPending={changing.isPending}
      error={changing.error}
      onConfirm={() => changing.mutate({ active: true }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>
        {`${person.name} can sign in again with the password from before, or with a new invite link, and appears on the board. Devices connect again.`}
      </p>
    </ConfirmDialog>
  );
}
