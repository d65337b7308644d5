import { STATUS_WORDS } from "@/ui/StatusBadge";
import { StatusShape } from "@/ui/StatusShape";
import type { StatusCounts } from "../model/boardLayout";
import { toggleStatuses } from "../model/boardSearch";
import type { ShownStatus } from "../model/shownStatus";
import styles from "./StatusFigures.module.css";

/** One figure counts one status, or the two that look the same. */
const FIGURES: readonly { statuses: readonly [ShownStatus, ...ShownStatus[]]; word: string }[] = [
  { statuses: ["active"], word: STATUS_WORDS.active },
  { statuses: ["idle"], word: STATUS_WORDS.idle },
  { statuses: ["break"], word: STATUS_WORDS.break },
  { statuses: ["meeting", "class"], word: "Meeting or class" },
  { statuses: ["offline"], word: STATUS_WORDS.offline },
];

interface StatusFiguresProps {
  /** `undefined` while loading: the figures stand there already, at their final size. */
  counts: StatusCounts | undefined;
  /** The chosen statuses as in the address. */
  chosen: string | undefined;
  onChoose: (status: string | undefined) => void;
}

/** The counts as large figures; each is also the filter for what it counts. */
export function StatusFigures({ counts, chosen, onChoose }: StatusFiguresProps) {
  return (
    <fieldset className={styles.figures}>
      <legend className="visually-hidden">Filter by status</legend>
      {FIGURES.map(({ statuses, word }) => (
        <button
          key={word}
          type="button"
          className={styles.figure}
          aria-pressed={statuses.every((status) => chosen?.split(",").includes(status))}
          onClick={() => onChoose(toggleStatuses(chosen, statuses))}
        >
          <span className={styles.count}>
            {counts ? statuses.reduce((sum, status) => sum + counts[status], 0).toLocaleString("en") : "–"}
          </span>
          <span className={styles.word}>
            <StatusShape status={statuses[0]} />
            {word}
          </span>
        </button>
      ))}
    </fieldset>
  );
}
