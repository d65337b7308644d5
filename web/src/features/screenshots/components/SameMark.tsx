import styles from "./SameMark.module.css";

/** Marks a picture that looks like the one before: nothing changed on the screen, or nearly nothing. */
export function SameMark() {
  return (
    <span className={styles.mark} title="Looks like the one before">
      <span aria-hidden="true">≈</span>
      <span className="visually-hidden">, looks like the one before</span>
    </span>
  );
}
