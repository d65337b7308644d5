import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import type { EmployeeId } from "@/api/types";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import stack from "@/ui/FormStack.module.css";
import { Notice } from "@/ui/Notice";
import { makeEnrolmentCode } from "../api/devices";
import { EnrolmentCodeCard } from "./EnrolmentCodeCard";

interface EnrolDialogProps {
  /** Whose device, where that is settled. */
  employee?: EmployeeId | undefined;
  /** The choice of a person, where it is not. */
  choose?:
    | ((chosen: EmployeeId | undefined, onChoose: (employee: EmployeeId | undefined) => void) => ReactNode)
    | undefined;
  /** Somebody's name. */
  nameOf: (employee: EmployeeId) => string;
  onClose: () => void;
}

/** Makes the code that enrols one device of a person. */
export function EnrolDialog({ employee, choose, nameOf, onClose }: EnrolDialogProps) {
  const [chosen, setChosen] = useState(employee);
  const making = useMutation({ mutationFn: makeEnrolmentCode });
  return (
    <Dialog title="Enrol a device" width="text" onClose={onClose}>
      <div className={stack.stack}>
        {making.error && <Notice tone="error">{making.error.message}</Notice>}
        {making.data ? (
          <>
            <p>{`The next device that names this code becomes a device of ${nameOf(making.data.employeeId)}.`}</p>
            <EnrolmentCodeCard code={making.data} origin={location.origin} />
          </>
        ) : (
          <>
            <p>
              The agent asks for a code at its first start. A code is good for one device of one person, within 24
              hours.
            </p>
            {choose?.(chosen, setChosen)}
          </>
        )}
        <div className={stack.buttons}>
          <Button onClick={onClose}>{making.data ? "Done" : "Cancel"}</Button>
          {!making.data && (
            <Button
              look="primary"
              disabled={chosen === undefined || making.isPending}
              onClick={() => chosen !== undefined && making.mutate(chosen)}
            >
              {making.isPending ? "Making…" : "Make code"}
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  );
}
