import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { formatExact } from "@/lib/time/format";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { TextAreaField } from "@/ui/Field";
import stackStyles from "@/ui/FormStack.module.css";
import { Notice } from "@/ui/Notice";
import { deleteShot } from "../api/screenshots";
import type { Shot } from "../model/shots";
import styles from "./DeleteShotDialog.module.css";

interface DeleteShotDialogProps {
  shot: Shot;
  name: string;
  timeZone: string;
  onClose: () => void;
}

/** Asks why, deletes one picture for good, and shows the receipt that stays in its place. */
export function DeleteShotDialog({ shot, name, timeZone, onClose }: DeleteShotDialogProps) {
  const queryClient = useQueryClient();
  const [reason, setReason] = useState("");
  const deleting = useMutation({ mutationFn: () => deleteShot(shot.id, reason.trim()) });
  const receipt = deleting.data;

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (!deleting.isPending) deleting.mutate();
  }

  function close(): void {
    if (receipt) void queryClient.invalidateQueries({ queryKey: ["screenshots"] });
    onClose();
  }

  const when = formatExact(shot.atMs, timeZone);
  if (receipt) {
    return (
      <Dialog title="Deleted, with a receipt" onClose={close}>
        <div className={stackStyles.stack}>
          <p>{`The picture of ${name}, ${when}, and its thumbnail are gone. What stays is receipt ${receipt.seq}:`}</p>
          <dl className={styles.receipt}>
            <dt>What was deleted (SHA-256)</dt>
            <dd>{receipt.contentHash}</dd>
            <dt>This receipt</dt>
            <dd>{receipt.hash}</dd>
            <dt>The receipt before it</dt>
            <dd>{receipt.previousHash}</dd>
          </dl>
          <div className={stackStyles.buttons}>
            <Button look="primary" onClick={close}>
              Done
            </Button>
          </div>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title="Delete this screenshot?" onClose={close}>
      <form className={stackStyles.stack} onSubmit={onSubmit}>
        <p>{`1 picture of ${name}, ${when}, is deleted with its thumbnail, for good. A receipt with your name and the reason stays; hours do not change.`}</p>
        <TextAreaField
          label="Reason"
          rows={2}
          required
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        {deleting.error && <Notice tone="error">{deleting.error.message}</Notice>}
        <div className={stackStyles.buttons}>
          <Button onClick={close}>Keep it</Button>
          <Button type="submit" look="primary" aria-disabled={deleting.isPending}>
            Delete 1 picture
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
