import type { ReactNode } from "react";
import styles from "./EmptyState.module.css";

interface EmptyStateProps {
  /** Decoration: a lucide icon of 20. */
  icon?: ReactNode;
  title: string;
  /** One sentence: why nothing is here and what to do. */
  children: ReactNode;
  /** One button. */
  action?: ReactNode;
  /** `h1` where this is the whole page. */
  heading?: "h1" | "h2";
}

/** What stands where nothing is, yet. */
export function EmptyState({ icon, title, children, action, heading: Heading = "h2" }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      {icon && <div className={styles.icon}>{icon}</div>}
      <Heading className={styles.title}>{title}</Heading>
      <p className={styles.text}>{children}</p>
      {action}
    </div>
  );
}
