import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { NoticeText } from "@/api/types";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import stack from "@/ui/FormStack.module.css";
import { Notice } from "@/ui/Notice";
import { acknowledgeNotice, noticeQuery } from "../api/notice";
import styles from "./NoticeDialog.module.css";

interface NoticeDialogProps {
  notice: NoticeText;
  /** The person has said already that they have read it. */
  isAcknowledged?: boolean;
  onClose: () => void;
}

/**
 * The text itself, and the button that says that it was read. The text that somebody reads stays before them: if another is
 * published meanwhile, they are told, and go on with that one when they want.
 */
export function NoticeDialog({ notice, isAcknowledged = false, onClose }: NoticeDialogProps) {
  const queryClient = useQueryClient();
  const [read, setRead] = useState(notice);
  const isOutdated = read.version !== notice.version;
  const acknowledging = useMutation({
    mutationFn: () => acknowledgeNotice(read.version),
    // Also after a refusal: then another version is the one to read.
    onSettled: () => queryClient.invalidateQueries({ queryKey: noticeQuery.queryKey }),
    onSuccess: onClose,
  });
  return (
    <Dialog title="What is recorded" width="text" onClose={onClose}>
      <div className={stack.stack}>
        {isOutdated && (
          <Notice tone="error" action={<Button onClick={() => setRead(notice)}>Read the new one</Button>}>
            Another text has been published while you were reading. This one no longer holds.
          </Notice>
        )}
        {acknowledging.error && !isOutdated && <Notice tone="error">{acknowledging.error.message}</Notice>}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text scrolls, and without it the keyboard could not */}
        <section className={styles.text} aria-label="The text" tabIndex={0}>
          {read.text}
        </section>
        <div className={stack.buttons}>
          <Button onClick={onClose}>{isAcknowledged ? "Close" : "Later"}</Button>
          {(!isAcknowledged || isOutdated) && (
            <Button
              look="primary"
              disabled={acknowledging.isPending || isOutdated}
              onClick={() => acknowledging.mutate()}
            >
              I have read it
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  );
}
