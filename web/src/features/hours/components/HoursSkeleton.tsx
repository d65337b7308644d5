import styles from "./HoursSkeleton.module.css";

const ROWS = Array.from({ length: 8 }, (_, index) => `row ${index}`);

/** The figures and the table before they are known, at their final size. */
export function HoursSkeleton() {
  return (
    <div aria-hidden="true">
      <div className={styles.figures} />
      <div className={styles.table}>
        <div className={styles.head} />
        {ROWS.map((key) => (
          <div key={key} className={styles.row}>
            <span className={styles.who} />
            <span className={styles.strip} />
          </div>
        ))}
      </div>
    </div>
  );
}
