import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Employee } from "@/api/types";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import stack from "@/ui/FormStack.module.css";
import { Notice } from "@/ui/Notice";
import { refreshPeople } from "../api/employees";
import { invite } from "../api/invites";
import { InviteLink } from "./InviteLink";

/** Makes the link with which somebody chooses their password, the first time or because it was forgotten. */
export function InviteDialog({ person, onClose }: { person: Employee; onClose: () => void }) {
  const queryClient = useQueryClient();
  const inviting = useMutation({
    mutationFn: () => invite(person.employeeId),
    onSuccess: () => refreshPeople(queryClient),
  });
  return (
    <Dialog title={`Invite ${person.name}`} onClose={onClose}>
      <div className={stack.stack}>
        {inviting.error && <Notice tone="error">{inviting.error.message}</Notice>}
        {inviting.data ? (
          <InviteLink invite={inviting.data} name={person.name} />
        ) : (
          <p>
            {`With a one-time link, good for seven days, ${person.name} chooses a password and signs in as ${person.email}. A link that was made before stops working.`}
          </p>
        )}
        <div className={stack.buttons}>
          <Button onClick={onClose}>{inviting.data ? "Done" : "Cancel"}</Button>
          {!inviting.data && (
            <Button look="primary" disabled={inviting.isPending} onClick={() => inviting.mutate()}>
              {inviting.isPending ? "Making…" : "Make link"}
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  );
}
