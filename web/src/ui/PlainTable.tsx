import type { ReactNode } from "react";
import styles from "./PlainTable.module.css";

interface PlainTableProps {
  /** What it is of, for who hears the page. */
  caption: string;
  heads: readonly string[];
  /** Rows whose first cell is a `th` with `scope="row"`. */
  children: ReactNode;
}

/** A short table as a part of a card. Long ones are virtualized and have a page of their own. */
export function PlainTable({ caption, heads, children }: PlainTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: on a narrow screen it scrolls, and without it the keyboard could not
    <section className={styles.scroll} aria-label={caption} tabIndex={0}>
      <table className={styles.table}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}
