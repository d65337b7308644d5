import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { ReceiptText } from "lucide-react";
import { useMemo, useState } from "react";
import type { Receipt, Verification } from "@/api/types";
import { moreOf, usePagedRows } from "@/lib/http/pagedRows";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { ExportButtons } from "@/ui/ExportButtons";
import { FilterBar } from "@/ui/FilterBar";
import { Moment } from "@/ui/Moment";
import { Notice } from "@/ui/Notice";
import { type Column, RowTable, RowTableSkeleton } from "@/ui/RowTable";
import { receiptsExportPath, receiptsQuery, verifyReceipts } from "../api/audit";
import styles from "./AuditEntries.module.css";

/** What was deleted, by hand or by age: each receipt is chained to the one before, and the chain can be checked. */
export function Deletions({ timeZone }: { timeZone: string }) {
  const query = useInfiniteQuery(receiptsQuery);
  const [exportError, setExportError] = useState<Error>();
  const columns = useMemo(() => columnsFor(timeZone), [timeZone]);
  const receipts = usePagedRows(query);
  const verifying = useMutation({ mutationFn: verifyReceipts });
  const error = exportError ?? verifying.error ?? (receipts ? undefined : query.error);
  return (
    <>
      <FilterBar end={<ExportButtons name="receipts" path={receiptsExportPath} onError={setExportError} />}>
        <div className={styles.verify}>
          <Button disabled={verifying.isPending} onClick={() => verifying.mutate()}>
            {verifying.isPending ? "Checking…" : "Check the chain"}
          </Button>
        </div>
      </FilterBar>
      {verifying.data && (
        <div className={styles.block}>
          <Outcome verification={verifying.data} />
        </div>
      )}
      {error && (
        <Notice tone="error" action={!receipts && <Button onClick={() => void query.refetch()}>Try again</Button>}>
          {error.message}
        </Notice>
      )}
      {!receipts && !error && <RowTableSkeleton columns={columns} />}
      {receipts && receipts.length > 0 && (
        <RowTable
          caption="Deletions, the latest first"
          columns={columns}
          rows={receipts}
          rowKey={({ seq }) => String(seq)}
          {...moreOf(query)}
        />
      )}
      {receipts?.length === 0 && (
        <EmptyState icon={<ReceiptText size={20} aria-hidden />} title="Nothing was deleted">
          When a picture is deleted, by hand or because it has grown too old, its receipt stays here: what, when, and
          why.
        </EmptyState>
      )}
    </>
  );
}

function Outcome({ verification: { valid, seq, hash, problem } }: { verification: Verification }) {
  if (!valid) return <Notice tone="error">{`The chain is broken. ${problem ?? ""}`}</Notice>;
  return (
    <Notice>
      <p role="status">
        {seq
          ? `The chain is whole, from the first receipt to number ${seq}.`
          : "The chain is whole: it has no receipt yet."}
      </p>
      {seq && (
        <p>
          Written down elsewhere, this proves later that none was cut off: <code>{hash}</code>
        </p>
      )}
    </Notice>
  );
}

function columnsFor(timeZone: string): Column<Receipt>[] {
  return [
    { head: "No.", width: "56px", align: "end", narrow: "none", cell: ({ seq }) => seq },
    {
      head: "What",
      width: "minmax(110px, 1fr)",
      narrow: "lead",
      cell: ({ what }) => what.charAt(0).toUpperCase() + what.slice(1),
    },
    { head: "Of", width: "minmax(90px, 0.8fr)", cell: ({ employeeId }) => employeeId },
    {
      head: "Recorded",
      width: "minmax(168px, 0.9fr)",
      narrow: "none",
      cell: ({ recordedAt }) => <Moment atMs={recordedAt} timeZone={timeZone} />,
    },
    {
      head: "Deleted",
      width: "minmax(168px, 0.9fr)",
      narrow: "end",
      cell: ({ deletedAt }) => <Moment atMs={deletedAt} timeZone={timeZone} />,
    },
    { head: "Why", width: "minmax(0, 1.4fr)", cell: ({ why }) => <span title={why}>{why}</span> },
    { head: "By", width: "minmax(80px, 0.8fr)", narrow: "none", cell: ({ by, byName }) => byName ?? by ?? "The hub" },
    {
      head: "Hash",
      width: "minmax(90px, 0.8fr)",
      narrow: "none",
      cell: ({ hash }) => <code title={hash}>{hash.slice(0, 12)}</code>,
    },
  ];
}
