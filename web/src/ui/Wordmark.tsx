import styles from "./Wordmark.module.css";

/** Four people, two of them here. */
export function Logo() {
  return (
    <svg className={styles.logo} width="24" height="24" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" />
      <circle cx="10" cy="11" r="3.5" />
      <circle cx="22" cy="11" r="3.5" opacity=".55" />
      <circle cx="10" cy="21" r="3.5" opacity=".55" />
      <circle cx="22" cy="21" r="3.5" />
    </svg>
  );
}

/** The product's sign and name. */
export function Wordmark() {
  return (
    <span className={styles.wordmark}>
      <Logo />
      Muster
    </span>
  );
}
