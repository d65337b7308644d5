import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { EmployeeId } from "@/api/types";
import { Card, CardNote } from "@/ui/Card";
import { ExportButtons } from "@/ui/ExportButtons";
import { Instant } from "@/ui/Instant";
import { Notice } from "@/ui/Notice";
import { PlainTable } from "@/ui/PlainTable";
import { ownReceiptsQuery, SHOWN_ROWS } from "../api/record";
import styles from "./CardFoot.module.css";
import { LoadFailure } from "./LoadFailure";

/** What was deleted of the person's records: each leaves a receipt, with when, why, and a hash of what it was. */
export function OwnReceipts({ employee, timeZone }: { employee: EmployeeId; timeZone: string }) {
  const query = useQuery(ownReceiptsQuery(employee));
  const [exportError, setExportError] = useState<Error>();
  const page = query.data;
  return (
    <Card title="What was deleted">
      {query.error && !page && <LoadFailure error={query.error} onRetry={query.refetch} />}
      {exportError && <Notice tone="error">{exportError.message}</Notice>}
      {page && page.items.length > 0 && (
        <>
          <PlainTable caption="Receipts of deletions" heads={["What", "Of", "Deleted", "Why", "By", "Receipt"]}>
            {page.items.map(({ seq, what, recordedAt, deletedAt, why, by, byName, hash }) => (
              <tr key={seq}>
                <th scope="row">{what.replaceAll("_", " ")}</th>
                <td>
                  <Instant atMs={recordedAt} timeZone={timeZone} />
                </td>
                <td>
                  <Instant atMs={deletedAt} timeZone={timeZone} />
                </td>
                <td>{why}</td>
                <td>{byName ?? by ?? "The hub, by age"}</td>
                <td>
                  <code title={hash}>{`${seq} · ${hash.slice(0, 8)}`}</code>
                </td>
              </tr>
            ))}
          </PlainTable>
          <div className={styles.foot}>
            <ExportButtons
              name="receipts"
              path={(format) => `/api/me/receipts?format=${format}`}
              onError={setExportError}
            />
            {page.next && <span className={styles.note}>{`The latest ${SHOWN_ROWS}; the file has all.`}</span>}
          </div>
        </>
      )}
      {page?.items.length === 0 && <CardNote>Nothing of your records has been deleted.</CardNote>}
      {!page && !query.error && <CardNote>…</CardNote>}
    </Card>
  );
}
