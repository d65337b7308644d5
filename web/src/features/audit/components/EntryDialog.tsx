import type { AuditRecord } from "@/api/types";
import { formatExact } from "@/lib/time/format";
import { Dialog } from "@/ui/Dialog";
import { actionWord, detailValue, detailWord } from "../model/auditWords";
import styles from "./AuditEntries.module.css";

interface EntryDialogProps {
  entry: AuditRecord;
  timeZone: string;
  onClose: () => void;
}

/** Everything that an entry says. */
export function EntryDialog({ entry, timeZone, onClose }: EntryDialogProps) {
  const { action, at, actor, actorName, subject, subjectName, details, requestId } = entry;
  return (
    <Dialog title={actionWord(action)} width="text" onClose={onClose}>
      <dl className={styles.facts}>
        <dt>When</dt>
        <dd>{formatExact(at, timeZone)}</dd>
        <dt>By</dt>
        <dd>{actor == null ? "The hub, or somebody who was not signed in" : named(actorName, actor)}</dd>
        {subject != null && (
          <>
            <dt>About</dt>
            <dd>{named(subjectName, subject)}</dd>
          </>
        )}
        {Object.entries(details).map(([key, value]) => (
          <Detail key={key} word={detailWord(key)} value={detailValue(value, at, timeZone)} />
        ))}
        {requestId && (
          <>
            <dt>Request</dt>
            <dd>
              <code>{requestId}</code>
            </dd>
          </>
        )}
      </dl>
    </Dialog>
  );
}

function Detail({ word, value }: { word: string; value: string }) {
  return (
    <>
      <dt>{word}</dt>
      <dd>{value}</dd>
    </>
  );
}

function named(name: string | null | undefined, id: string): string {
  return name ? `${name} (${id})` : id;
}
