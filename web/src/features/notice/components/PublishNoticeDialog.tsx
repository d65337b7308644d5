import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ApiError } from "@/lib/http/apiError";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { TextAreaField } from "@/ui/Field";
import stack from "@/ui/FormStack.module.css";
import { Notice } from "@/ui/Notice";
import { noticeQuery, publishNotice } from "../api/notice";
import { hasBlanks, NOTICE_CHARS_MAX, noticeDraft } from "../model/noticeDraft";

interface PublishNoticeDialogProps {
  organization: string;
  onClose: () => void;
}

/** Writes the notice, beginning with a draft, and publishes it. */
export function PublishNoticeDialog({ organization, onClose }: PublishNoticeDialogProps) {
  const [text, setText] = useState(() => noticeDraft(organization));
  const queryClient = useQueryClient();
  const publishing = useMutation({
    mutationFn: () => publishNotice(text.trim(), 0),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: noticeQuery.queryKey });
      onClose();
    },
  });
  const wrong = publishing.error instanceof ApiError ? publishing.error.fields.text : undefined;
  const isUnfinished = hasBlanks(text);
  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (!publishing.isPending && !isUnfinished) publishing.mutate();
  }
  return (
    <Dialog title="Write a notice" width="text" onClose={onClose}>
      <form className={stack.stack} onSubmit={onSubmit}>
        {publishing.error && !wrong && <Notice tone="error">{publishing.error.message}</Notice>}
        <TextAreaField
          label="What is recorded, of whom, and why"
          name="text"
          rows={14}
          required
          maxLength={NOTICE_CHARS_MAX}
          value={text}
          onChange={(event) => setText(event.target.value)}
          hint={
            isUnfinished
              ? "A draft: make it true for your organization, and fill in what stands in [brackets]."
              : "Once published, no picture is taken of anybody until they have acknowledged it."
          }
          error={wrong}
        />
        <div className={stack.buttons}>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" disabled={publishing.isPending || isUnfinished}>
            {publishing.isPending ? "Publishing…" : "Publish"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
