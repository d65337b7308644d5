import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { PolicyLayer, PolicyScope } from "@/api/types";
import { Notice } from "@/ui/Notice";
import { type Column, RowTable, RowTableSkeleton } from "@/ui/RowTable";
import { TimeAgo } from "@/ui/TimeAgo";
import { policyLayersQuery } from "../api/policy";
import { scopeKey } from "../model/inheritance";
import { SETTINGS, valueWord } from "../model/settings";
import styles from "./PolicySettings.module.css";

interface ExceptionsProps {
  timeZone: string;
  /** What a team or a person is called. */
  nameOf: (scope: PolicyScope) => string;
  onOpen: (scope: PolicyScope) => void;
}

/** The teams and people for whom something else was decided than for everybody. */
export function Exceptions({ timeZone, nameOf, onOpen }: ExceptionsProps) {
  const layers = useQuery(policyLayersQuery);
  const columns = useMemo(() => columnsFor({ timeZone, nameOf, onOpen }), [timeZone, nameOf, onOpen]);
  const rows = layers.data?.filter(({ scope }) => !("organization" in scope));
  return (
    <section className={styles.exceptions} aria-labelledby="exceptions">
      <h2 id="exceptions">Exceptions</h2>
      {layers.error && !rows && <Notice tone="error">{layers.error.message}</Notice>}
      {!rows && !layers.error && <RowTableSkeleton columns={columns} rows={2} />}
      {rows?.length === 0 && (
        <p className={styles.none}>
          There is none: what the organization decides holds for everybody. Choose a team or a person above to make one.
        </p>
      )}
      {rows && rows.length > 0 && (
        <RowTable
          caption="Exceptions from the organization's policy, the latest first"
          columns={columns}
          rows={rows}
          rowKey={({ scope }) => scopeKey(scope)}
        />
      )}
    </section>
  );
}

function columnsFor({ timeZone, nameOf, onOpen }: ExceptionsProps): Column<PolicyLayer>[] {
  return [
    {
      head: "For whom",
      width: "minmax(140px, 1fr)",
      narrow: "lead",
      cell: ({ scope }) => (
        <button type="button" className={styles.open} onClick={() => onOpen(scope)}>
          {nameOf(scope)}
        </button>
      ),
    },
    {
      head: "What is different",
      width: "minmax(0, 2.4fr)",
      cell: (layer) => <span title={decisions(layer)}>{decisions(layer)}</span>,
    },
    {
      head: "Decided by",
      width: "minmax(110px, 0.8fr)",
      narrow: "none",
      cell: ({ changedBy, changedByName }) => changedByName ?? changedBy ?? "The hub",
    },
    {
      head: "When",
      width: "minmax(90px, 0.6fr)",
      narrow: "end",
      cell: ({ changedAt }) => <TimeAgo atMs={changedAt} timeZone={timeZone} />,
    },
  ];
}

/** `Blur: Strong, Live view: Off`. */
function decisions({ settings }: PolicyLayer): string {
  return SETTINGS.filter(({ key }) => settings[key] != null)
    .map(({ key, word }) => `${word}: ${valueWord(key, settings[key])}`)
    .join(", ");
}
