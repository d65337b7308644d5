import styles from "./Avatar.module.css";
import { initials } from "./initials";

/** Somebody's initials in a circle. Decoration: the name always stands beside it. */
export function Avatar({ name, size = 36 }: { name: string; size?: 28 | 36 | 56 }) {
  return (
    <span className={styles.avatar} data-size={size} aria-hidden="true">
      {initials(name)}
    </span>
  );
}
