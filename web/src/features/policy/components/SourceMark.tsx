import type { Source } from "../model/inheritance";
import styles from "./PolicyEditor.module.css";

const WORDS: Readonly<Record<Source, string>> = {
  hub: "Muster's default",
  organization: "from the organization",
  team: "from the team",
  employee: "only for this person",
};

/** Where a value comes from. */
export function SourceMark({ source, isOwn }: { source: Source; isOwn: boolean }) {
  return (
    <span className={styles.source} data-own={isOwn || undefined}>
      {isOwn && source !== "employee" ? "decided here" : WORDS[source]}
    </span>
  );
}
