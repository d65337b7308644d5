import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { NoticeVersion } from "@/api/types";
import { moreOf, usePagedRows } from "@/lib/http/pagedRows";
import { formatExact } from "@/lib/time/format";
import { Dialog } from "@/ui/Dialog";
import { Moment } from "@/ui/Moment";
import { Notice } from "@/ui/Notice";
import { type Column, RowTable, RowTableSkeleton } from "@/ui/RowTable";
import { noticeVersionsQuery } from "../api/notice";
import acknowledgementStyles from "./Acknowledgements.module.css";
import dialogStyles from "./NoticeDialog.module.css";
import styles from "./NoticeVersions.module.css";

interface NoticeVersionsProps {
  /** The version in force; asked again when it changes. */
  current: number;
  timeZone: string;
}

/** Every version that was ever in force: who published it, when, and how many had acknowledged it. */
export function NoticeVersions({ current, timeZone }: NoticeVersionsProps) {
  const query = useInfiniteQuery(noticeVersionsQuery);
  const [opened, setOpened] = useState<NoticeVersion>();
  const columns = useMemo(() => columnsFor(current, timeZone, setOpened), [current, timeZone]);
  const versions = usePagedRows(query);
  return (
    <section aria-labelledby="versions">
      <h2 id="versions" className={acknowledgementStyles.heading}>
        Versions
      </h2>
      {query.error && !versions && <Notice tone="error">{query.error.message}</Notice>}
      {!versions && !query.error && <RowTableSkeleton columns={columns} rows={2} />}
      {versions && (
        <RowTable
          caption="Versions of the notice, the newest first"
          columns={columns}
          rows={versions}
          rowKey={({ version }) => String(version)}
          {...moreOf(query)}
        />
      )}
      {opened && (
        <Dialog title={`Version ${opened.version}`} width="text" onClose={() => setOpened(undefined)}>
          <p className={styles.published}>{publishedWords(opened, timeZone)}</p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text scrolls, and without it the keyboard could not */}
          <section className={dialogStyles.text} aria-label="The text" tabIndex={0}>
            {opened.text}
          </section>
        </Dialog>
      )}
    </section>
  );
}

function columnsFor(
  current: number,
  timeZone: string,
  onOpen: (version: NoticeVersion) => void,
): Column<NoticeVersion>[] {
  return [
    {
      head: "Version",
      width: "minmax(110px, 0.8fr)",
      narrow: "lead",
      cell: (one) => (
        <button type="button" className={styles.open} onClick={() => onOpen(one)}>
          {one.version === current ? `Version ${one.version}, in force` : `Version ${one.version}`}
        </button>
      ),
    },
    {
      head: "Begins with",
      width: "minmax(0, 2fr)",
      narrow: "none",
      cell: ({ text }) => <span className={styles.begin}>{text.trim().split("\n", 1)[0]}</span>,
    },
    {
      head: "Published",
      width: "minmax(168px, 0.9fr)",
      narrow: "end",
      cell: ({ publishedAt }) => <Moment atMs={publishedAt} timeZone={timeZone} />,
    },
    {
      head: "By",
      width: "minmax(100px, 0.8fr)",
      cell: ({ publishedBy, publishedByName }) => publishedByName ?? publishedBy,
    },
    {
      head: "Acknowledged",
      width: "110px",
      align: "end",
      narrow: "none",
      cell: ({ acknowledged }) => acknowledged.toLocaleString("en-GB"),
    },
  ];
}

function publishedWords({ publishedAt, publishedBy, publishedByName }: NoticeVersion, timeZone: string): string {
  return `Published by ${publishedByName ?? publishedBy}, ${formatExact(publishedAt, timeZone)}.`;
}
