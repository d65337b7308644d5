import type { ReactNode } from "react";
import styles from "./GateLayout.module.css";
import { Wordmark } from "./Wordmark";

/** The one card in the middle of the pages before the frame: sign-in and set-up. */
export function GateLayout({ title, lead, children }: { title: string; lead: ReactNode; children: ReactNode }) {
  return (
    <main className={styles.gate}>
      <div className={styles.column}>
        <Wordmark />
        <section className={styles.card}>
          <h1 className={styles.title}>{title}</h1>
          <p className={styles.lead}>{lead}</p>
          {children}
        </section>
      </div>
    </main>
  );
}
