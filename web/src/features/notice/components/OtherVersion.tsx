import type { NoticeText } from "@/api/types";
import { Button } from "@/ui/Button";
import { Notice } from "@/ui/Notice";
import styles from "./OtherVersion.module.css";

interface OtherVersionProps {
  theirs: NoticeText;
  /** Go on with one's own text, now knowing theirs. */
  onMine: () => void;
  /** Go on with theirs; one's own is given up. */
  onTheirs: () => void;
}

/** Somebody published while one was writing: their text, to go on from or to pass over. */
export function OtherVersion({ theirs, onMine, onTheirs }: OtherVersionProps) {
  return (
    <Notice tone="warning">
      <p>{`Somebody else published version ${theirs.version} while you were writing. Your text is still below.`}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text scrolls, and without it the keyboard could not */}
      <section className={styles.text} aria-label={`Version ${theirs.version}`} tabIndex={0}>
        {theirs.text}
      </section>
      <div className={styles.buttons}>
        <Button onClick={onMine}>Go on with mine</Button>
        <Button onClick={onTheirs}>Begin from theirs</Button>
      </div>
    </Notice>
  );
}
