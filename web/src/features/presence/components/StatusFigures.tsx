import { Activity } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import type { PresenceHistory } from "@/api/types";
import { formatCount } from "@/lib/count/formatCount";
import { cx } from "@/ui/cx";
import { Sparkline } from "@/ui/Sparkline";
import { STATUS_WORDS } from "@/ui/StatusBadge";
import { StatusShape } from "@/ui/StatusShape";
import type { BoardLayout, BoardStatus } from "../model/boardLayout";
import { toggleStatuses } from "../model/boardSearch";
import { historyLines } from "../model/history";
import styles from "./StatusFigures.module.css";

interface Figure {
  /** One status, or the ones that look the same. */
  statuses: readonly BoardStatus[];
  word: string;
  /** The rest of the word, where there is room for it. */
  tail?: string;
  shape: ReactNode;
}

const FIGURES: readonly Figure[] = [
  { statuses: ["active"], word: STATUS_WORDS.active, shape: <StatusShape status="active" /> },
  { statuses: ["idle"], word: STATUS_WORDS.idle, shape: <StatusShape status="idle" /> },
  { statuses: ["break"], word: "On a break", shape: <StatusShape status="break" /> },
  {
    statuses: ["meeting", "class"],
    word: STATUS_WORDS.meeting,
    tail: " or class",
    shape: <StatusShape status="meeting" />,
  },
  { statuses: ["offline"], word: STATUS_WORDS.offline, shape: <StatusShape status="offline" /> },
  { statuses: ["unstable"], word: "Unstable", shape: <Activity size={12} aria-hidden /> },
];

interface StatusFiguresProps {
  /** `undefined` while loading: the figures stand there already, at their final size. */
  layout: BoardLayout | undefined;
  /** The last 24 hours; `undefined` while not known, and where it would not fit what is counted. */
  history: PresenceHistory | undefined;
  /** Nothing is heard from the hub: the counts are of then, and everybody is unknown now. */
  isLost: boolean;
  /** The chosen statuses as in the address. */
  chosen: string | undefined;
  onChoose: (status: string | undefined) => void;
}

/** The counts as large figures with how they went over the last 24 hours; each is also the filter for what it counts. */
export function StatusFigures({ layout, history, isLost, chosen, onChoose }: StatusFiguresProps) {
  const { counts } = layout ?? {};
  const past = useMemo(() => history && counts && historyLines(history, counts), [history, counts]);
  return (
    <fieldset className={cx(styles.figures, isLost && styles.lost)}>
      <legend className="visually-hidden">Filter by status</legend>
      {FIGURES.map(({ statuses: [status], statuses, word, tail, shape }) => (
        <button
          key={word}
          type="button"
          className={styles.figure}
          aria-pressed={statuses.every((status) => chosen?.split(",").includes(status))}
          onClick={() => onChoose(toggleStatuses(chosen, statuses))}
        >
          <span className={styles.count}>
            {counts ? formatCount(statuses.reduce((sum, status) => sum + counts[status], 0)) : "–"}
          </span>
          <span className={styles.past} data-status={status}>
            {past && status && past.lines[status] && (
              <Sparkline values={past.lines[status]} top={past.top} unknown={past.unknown} />
            )}
          </span>
          <span className={styles.word}>
            {shape}
            <span>
              {isLost ? `Was ${word.toLowerCase()}` : word}
              {tail && <span className={styles.tail}>{tail}</span>}
            </span>
          </span>
        </button>
      ))}
    </fieldset>
  );
}
