import { useQuery } from "@tanstack/react-query";
import type { Retention, RetentionPreview } from "@/api/types";
import { retentionPreviewQuery } from "../api/organization";
import { RETENTION_KINDS, retentionWord } from "../model/parts";
import styles from "./OrganizationForm.module.css";

const COUNTED_MAX = 100_000;
const COUNTS: Readonly<Record<keyof Retention, { of: (preview: RetentionPreview) => number; word: string }>> = {
  screenshotsDays: { of: ({ screenshots }) => screenshots, word: "screenshots" },
  workDays: { of: ({ workSessions }) => workSessions, word: "work sessions" },
  auditDays: { of: ({ auditEntries }) => auditEntries, word: "audit entries" },
};

interface RetentionConsequenceProps {
  after: Retention;
  /** What is kept for a shorter time than before. */
  shorter: readonly (keyof Retention)[];
}

/** What a shorter retention deletes, counted. */
export function RetentionConsequence({ after, shorter }: RetentionConsequenceProps) {
  const preview = useQuery(retentionPreviewQuery(after));
  return (
    <>
      <ul className={styles.consequence}>
        {RETENTION_KINDS.filter(({ key }) => shorter.includes(key)).map(({ key }) => (
          <li key={key}>
            <strong>{preview.data ? countWord(COUNTS[key].of(preview.data)) : "…"}</strong>
            {` ${COUNTS[key].word} older than ${retentionWord(key, after[key])}`}
          </li>
        ))}
      </ul>
      {preview.error && <p>{`They could not be counted. ${preview.error.message}`}</p>}
      <p>They are deleted within an hour and do not come back.</p>
    </>
  );
}

function countWord(count: number): string {
  return `${count >= COUNTED_MAX ? "at least " : ""}${count.toLocaleString("en-GB")}`;
}
