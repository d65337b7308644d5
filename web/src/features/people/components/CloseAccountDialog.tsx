import { useQuery } from "@tanstack/react-query";
import type { Employee } from "@/api/types";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { openDevicesQuery } from "../api/openDevices";
import { usePersonChange } from "../hooks/usePersonChange";

/** Ends an account, and says before what that means. What is recorded stays, and the account can be reopened. */
export function CloseAccountDialog({ person, onClose }: { person: Employee; onClose: () => void }) {
  const changing = usePersonChange(person);
  const devices = useQuery(openDevicesQuery(person.employeeId)).data;
  return (
    <ConfirmDialog
      title={`Close the account of ${person.name}?`}
      word="Close account"
      pendingWord="Closing…"
      isPending={changing.isPending}
      error={changing.error}
      onConfirm={() => changing.mutate({ active: false }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>
        {`${person.name} is signed out everywhere within five seconds, ${devicesWords(devices)}, and nothing is recorded of them any more. Hours and pictures that are recorded stay for as long as the retention says. You can reopen the account.`}
      </p>
    </ConfirmDialog>
  );
}

function devicesWords(count: number | undefined): string {
  if (count === undefined) return "their devices are disconnected";
  if (count === 0) return "no device of theirs is enrolled";
  return count === 1 ? "1 enrolled device is disconnected" : `${count} enrolled devices are disconnected`;
}
