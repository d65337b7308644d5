import { type ReactNode, useId } from "react";
import styles from "./Part.module.css";

interface PartProps {
  title: string;
  /** One button. */
  action?: ReactNode;
  children: ReactNode;
}

/** A part of what stands below a person's row, with what it is called. */
export function Part({ title, action, children }: PartProps) {
  const titleId = useId();
  return (
    <section className={styles.part} aria-labelledby={titleId}>
      <header className={styles.header}>
        <h2 id={titleId} className={styles.title}>
          {title}
        </h2>
        {action}
      </header>
      {children}
    </section>
  );
}

/** What a part says where it has nothing, or cannot say. */
export function PartNote({ children }: { children: ReactNode }) {
  return <p className={styles.note}>{children}</p>;
}
