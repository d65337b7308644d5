import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { NoticeText } from "@/api/types";
import { ApiError } from "@/lib/http/apiError";
import { Button } from "@/ui/Button";
import { Card } from "@/ui/Card";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { TextAreaField } from "@/ui/Field";
import stack from "@/ui/FormStack.module.css";
import { Notice } from "@/ui/Notice";
import { showToast } from "@/ui/toastStore";
import { UnsavedChanges } from "@/ui/UnsavedChanges";
import { acknowledgementsQuery } from "../api/acknowledgements";
import { noticeQuery, publishNotice } from "../api/notice";
import { hasBlanks, NOTICE_CHARS_MAX, noticeDraft } from "../model/noticeDraft";
import styles from "./NoticeSettings.module.css";
import { OtherVersion } from "./OtherVersion";

interface NoticeEditorProps {
  /** What is in force now; the next version begins with its text. */
  inForce: NoticeText | undefined;
  organization: string;
  onDone: () => void;
}

/** Writes the next version, and asks before it is published: everybody has to acknowledge it again. */
export function NoticeEditor({ inForce, organization, onDone }: NoticeEditorProps) {
  const queryClient = useQueryClient();
  /** What the writer began from. Another version in force means that somebody else has published meanwhile. */
  const [base, setBase] = useState(inForce);
  const [text, setText] = useState(() => firstText(inForce, organization));
  const [isAsking, setAsking] = useState(false);
  const people = useQuery({ ...acknowledgementsQuery(inForce?.version ?? 0), enabled: inForce !== undefined }).data;
  const isOutdated = inForce?.version !== base?.version;
  const isUnfinished = hasBlanks(text);
  const isSame = text.trim() === inForce?.text.trim();
  const publishing = useMutation({
    mutationFn: () => publishNotice(text.trim(), base?.version ?? 0),
    // Also after a refusal: then another version is in force, which the writer is shown.
    onSettled: () => queryClient.invalidateQueries({ queryKey: noticeQuery.queryKey }),
    onSuccess: ({ version }) => {
      showToast(`Version ${version} is published.`);
      onDone();
    },
    onError: (error) => isConflict(error) && setAsking(false),
  });
  const error = publishing.error && !isConflict(publishing.error) ? publishing.error : null;
  const wrong = publishing.error instanceof ApiError ? publishing.error.fields.text : undefined;

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (!isUnfinished && !isSame && !isOutdated) setAsking(true);
  }

  return (
    <Card title={inForce ? `Version ${inForce.version + 1}, not published yet` : "First version, not published yet"}>
      <UnsavedChanges isUnsaved={text !== firstText(base, organization)} />
      <form className={styles.editor} onSubmit={onSubmit}>
        {error && !wrong && !isAsking && <Notice tone="error">{error.message}</Notice>}
        {isOutdated && inForce && (
          <OtherVersion
            theirs={inForce}
            onMine={() => setBase(inForce)}
            onTheirs={() => {
              setBase(inForce);
              setText(inForce.text);
            }}
          />
        )}
        <TextAreaField
          label="What is recorded, of whom, and why"
          name="text"
          rows={16}
          required
          maxLength={NOTICE_CHARS_MAX}
          value={text}
          onChange={(event) => setText(event.target.value)}
          hint={
            isUnfinished
              ? "A draft: make it true for your organization, and fill in what stands in [brackets]."
              : isSame
                ? "The same as what is in force: change it to publish a new version."
                : "Say what is captured, when, who sees it, how long it is kept, and whom to ask."
          }
          error={wrong}
        />
        <div className={stack.buttons}>
          <Button onClick={onDone}>Cancel</Button>
          <Button look="primary" type="submit" disabled={isUnfinished || isSame || isOutdated}>
            Publish…
          </Button>
        </div>
      </form>
      {isAsking && (
        <ConfirmDialog
          title={`Publish version ${(inForce?.version ?? 0) + 1}?`}
          word="Publish"
          pendingWord="Publishing…"
          look="primary"
          isPending={publishing.isPending}
          error={error}
          onConfirm={() => publishing.mutate()}
          onClose={() => setAsking(false)}
        >
          <p>{consequence(people?.length)}</p>
        </ConfirmDialog>
      )}
    </Card>
  );
}

function firstText(inForce: NoticeText | undefined, organization: string): string {
  return inForce?.text ?? noticeDraft(organization);
}

function isConflict(error: unknown): boolean {
  return error instanceof ApiError && error.code === "conflict";
}

function consequence(people: number | undefined): string {
  const whom = people === undefined ? "anybody" : people === 1 ? "1 person" : `${people} people`;
  return `From then on no picture is taken of ${whom} until each has acknowledged it, on the agent or here. A published version cannot be changed, only followed by another.`;
}
