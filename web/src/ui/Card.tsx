import { type ReactNode, useId } from "react";
import styles from "./Card.module.css";
import { cx } from "./cx";

interface CardProps {
  title: string;
  className?: string | undefined;
  children: ReactNode;
}

/** One thing on a page, with what it is called above it. */
export function Card({ title, className, children }: CardProps) {
  const titleId = useId();
  return (
    <section className={cx(styles.card, className)} aria-labelledby={titleId}>
      <h2 id={titleId} className={styles.title}>
        {title}
      </h2>
      {children}
    </section>
  );
}

/** The one sentence of a card. `announce`: it is read out when it changes. */
export function CardLead({ announce, children }: { announce?: "politely"; children: ReactNode }) {
  return (
    <p className={styles.lead} role={announce && "status"}>
      {children}
    </p>
  );
}

/** The one figure of a card; quiet while it stands still. */
export function CardTimer({ isStill, children }: { isStill?: boolean; children: ReactNode }) {
  return (
    <p className={styles.timer} data-still={isStill || undefined}>
      {children}
    </p>
  );
}

/** What explains it. */
export function CardNote({ children }: { children: ReactNode }) {
  return <p className={styles.note}>{children}</p>;
}
