import type { ReactNode } from "react";
import styles from "./PageHeader.module.css";

/** The title of a page, one line of what it is, and at most two buttons. */
export function PageHeader({ title, lead, children }: { title: string; lead: string; children?: ReactNode }) {
  return (
    <header className={styles.header}>
      <div className={styles.text}>
        <h1 className={styles.title}>{title}</h1>
        <p className={styles.lead}>{lead}</p>
      </div>
      {children && <div className={styles.actions}>{children}</div>}
    </header>
  );
}
