import { useBlocker } from "@tanstack/react-router";
import { useEffect, useId } from "react";
import { isSame } from "@/lib/change/mergeChanges";
import { ConfirmDialog } from "./ConfirmDialog";

interface UnsavedChangesProps {
  isUnsaved: boolean;
  /** What takes the form away: another `path`, or any other `address`, where a filter chooses what is edited. */
  lostWith?: "path" | "address";
}

/** The forms of the page with something unsaved, the first to be typed in first: it alone asks, for all of them. */
const unsaved = new Set<string>();

/** Asks before somebody leaves what they typed and did not save: in its own words before another page, in the browser's before the end. */
export function UnsavedChanges({ isUnsaved, lostWith = "path" }: UnsavedChangesProps) {
  const id = useId();
  useEffect(() => {
    if (!isUnsaved) return;
    unsaved.add(id);
    return () => {
      unsaved.delete(id);
    };
  }, [isUnsaved, id]);
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      isFirst(id) &&
      (current.pathname !== next.pathname || (lostWith === "address" && !isSame(current.search, next.search))),
    disabled: !isUnsaved,
    withResolver: true,
  });
  if (status !== "blocked") return null;
  return (
    <ConfirmDialog
      title="Leave without saving?"
      word="Leave"
      pendingWord="Leaving…"
      isPending={false}
      error={null}
      onConfirm={proceed}
      onClose={reset}
    >
      <p>What you changed on this page is not saved. If you leave, it is lost.</p>
    </ConfirmDialog>
  );
}

function isFirst(id: string): boolean {
  const [first] = unsaved;
  return first === id;
}
