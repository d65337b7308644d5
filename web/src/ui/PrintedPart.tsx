import styles from "./PrintLine.module.css";

/** Under what a printed page has of a list that comes page by page: that there is more of it. On screens nothing. */
export function PrintedPart({ count, hasMore }: { count: number; hasMore: boolean }) {
  if (!hasMore) return null;
  return (
    <p className={styles.line}>
      {`Here are the first ${count.toLocaleString("en-GB")}; there are more, which were not loaded when this was printed. Scroll to the end of the list before printing to have all.`}
    </p>
  );
}
