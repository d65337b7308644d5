import { Link } from "@tanstack/react-router";
import { cx } from "@/ui/cx";
import type { NavigationItem } from "./navigation";
import styles from "./RailLinks.module.css";

interface RailLinksProps {
  items: readonly NavigationItem[];
  isCollapsed: boolean;
  /** Called when one is followed: closes the drawer. */
  onFollow?: () => void;
}

/** The links of the rail and of the drawer. */
export function RailLinks({ items, isCollapsed, onFollow }: RailLinksProps) {
  return (
    <ul className={styles.links}>
      {items.map(({ to, word, icon: Icon }) => (
        <li key={word}>
          <Link
            to={to}
            className={cx(styles.link, isCollapsed && styles.iconOnly)}
            activeOptions={{ exact: to === "/", includeSearch: false }}
            title={isCollapsed ? word : undefined}
            onClick={onFollow}
          >
            <Icon size={20} strokeWidth={1.75} aria-hidden />
            <span className={styles.word}>{word}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
