import styles from "./FrameSkeleton.module.css";

/** The frame while it is not known yet who is there. */
export function FrameSkeleton() {
  return (
    <div className={styles.frame} aria-busy="true">
      <span className="visually-hidden" role="status">
        Loading
      </span>
      <div className={styles.rail} />
      <div className={styles.bar} />
    </div>
  );
}
