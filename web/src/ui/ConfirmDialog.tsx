import type { ReactNode } from "react";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import stack from "./FormStack.module.css";
import { Notice } from "./Notice";

interface ConfirmDialogProps {
  /** A question: `Close the account of Mia Wong?` */
  title: string;
  /** What the button says: `Close account`. */
  word: string;
  /** The same while it happens: `Closing…`. */
  pendingWord: string;
  /** `danger`: what is lost does not come back. */
  look?: "primary" | "danger";
  isPending: boolean;
  error: Error | null;
  onConfirm: () => void;
  onClose: () => void;
  /** The consequence, in numbers. */
  children: ReactNode;
}

/** Asks once more before something that others notice or that cannot be taken back. */
export function ConfirmDialog({
  title,
  word,
  pendingWord,
  look = "danger",
  isPending,
  error,
  onConfirm,
  onClose,
  children,
}: ConfirmDialogProps) {
  return (
    <Dialog title={title} onClose={onClose}>
      <div className={stack.stack}>
        {error && <Notice tone="error">{error.message}</Notice>}
        {children}
        <div className={stack.buttons}>
          <Button onClick={onClose}>Cancel</Button>
          <Button look={look} disabled={isPending} onClick={onConfirm}>
            {isPending ? pendingWord : word}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
