import styles from "./BoardSkeleton.module.css";

const CARDS = Array.from({ length: 8 }, (_, index) => `card ${index}`);

/** The board before anybody is known, at the size that it will have. */
export function BoardSkeleton() {
  return (
    <div className={styles.board} aria-hidden="true">
      <div className={styles.heading} />
      <div className={styles.grid}>
        {CARDS.map((card) => (
          <div key={card} className={styles.card}>
            <span className={styles.round} />
            <span className={styles.line} />
          </div>
        ))}
      </div>
    </div>
  );
}
