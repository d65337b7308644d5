import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { AuditRecord, EmployeeId } from "@/api/types";
import { Card, CardNote } from "@/ui/Card";
import { ExportButtons } from "@/ui/ExportButtons";
import { Moment } from "@/ui/Moment";
import { Notice } from "@/ui/Notice";
import { PlainTable } from "@/ui/PlainTable";
import { ownEntriesQuery, SHOWN_ROWS } from "../api/record";
import styles from "./CardFoot.module.css";
import { LoadFailure } from "./LoadFailure";

interface OwnEntriesProps {
  employee: EmployeeId;
  /** What was done, in words. */
  wordsOf: (entry: AuditRecord, timeZone: string) => string;
  timeZone: string;
}

/** Who changed what about the person, and what they did themselves: the part of the audit that is about them. */
export function OwnEntries({ employee, wordsOf, timeZone }: OwnEntriesProps) {
  const query = useQuery(ownEntriesQuery(employee));
  const [exportError, setExportError] = useState<Error>();
  const page = query.data;
  return (
    <Card title="Who changed what about you">
      {query.error && !page && <LoadFailure error={query.error} onRetry={query.refetch} />}
      {exportError && <Notice tone="error">{exportError.message}</Notice>}
      {page && page.items.length > 0 && (
        <>
          <PlainTable caption="Entries about you" heads={["When", "What", "By", "About"]}>
            {page.items.map((entry) => (
              <tr key={entry.id}>
                <th scope="row">
                  <Moment atMs={entry.at} timeZone={timeZone} />
                </th>
                <td>{wordsOf(entry, timeZone)}</td>
                <td>{entry.actor === employee ? "You" : (entry.actorName ?? entry.actor ?? "The hub")}</td>
                <td>{entry.subject === employee ? "You" : (entry.subjectName ?? entry.subject ?? "–")}</td>
              </tr>
            ))}
          </PlainTable>
          <div className={styles.foot}>
            <ExportButtons
              name="changes"
              path={(format) => `/api/me/audit?format=${format}`}
              onError={setExportError}
            />
            {page.next && <span className={styles.note}>{`The latest ${SHOWN_ROWS}; the file has all.`}</span>}
          </div>
        </>
      )}
      {page?.items.length === 0 && <CardNote>Nothing yet.</CardNote>}
      {!page && !query.error && <CardNote>…</CardNote>}
    </Card>
  );
}
