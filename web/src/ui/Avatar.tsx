import styles from "./Avatar.module.css";
import { initials } from "./initials";

/**
 * Somebody's initials in a circle. Decoration: the name always stands beside it, or is the name of the button around it.
 * Drawn by the style sheet, so that neither a search in the page nor who speaks to a button takes them for its words.
 */
export function Avatar({ name, size = 36 }: { name: string; size?: 28 | 36 | 56 }) {
  return <span className={styles.avatar} data-size={size} data-initials={initials(name)} aria-hidden="true" />;
}
