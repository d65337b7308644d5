import { Coffee, type LucideIcon, Play, Square } from "lucide-react";
import type { MouseEvent } from "react";
import { Button } from "@/ui/Button";
import type { Punch } from "../api/work";
import type { WorkKind } from "../model/workNow";
import styles from "./PunchButtons.module.css";

interface Choice {
  /** The place of a button: it stays the same one, focus included, while its word changes. */
  slot: "session" | "break";
  punch: Punch;
  word: string;
  icon: LucideIcon;
  look: "primary" | "quiet";
}

const PUNCH_IN: Choice = { slot: "session", punch: "punch_in", word: "Punch in", icon: Play, look: "primary" };
const PUNCH_OUT: Choice = { slot: "session", punch: "punch_out", word: "Punch out", icon: Square, look: "quiet" };
const BEGIN_BREAK: Choice = { slot: "break", punch: "begin_break", word: "Take a break", icon: Coffee, look: "quiet" };
const END_BREAK: Choice = { slot: "break", punch: "end_break", word: "End the break", icon: Play, look: "primary" };

function choicesIn(kind: WorkKind): readonly Choice[] {
  if (kind === "out") return [PUNCH_IN];
  return kind === "break" ? [PUNCH_OUT, END_BREAK] : [PUNCH_OUT, BEGIN_BREAK];
}

interface PunchButtonsProps {
  kind: WorkKind;
  isBusy: boolean;
  onPunch: (punch: Punch) => void;
}

/** What one may do next with one's working time. */
export function PunchButtons({ kind, isBusy, onPunch }: PunchButtonsProps) {
  function onClick(punch: Punch, event: MouseEvent): void {
    // The second half of a double click would take back what the first one did.
    if (!isBusy && event.detail <= 1) onPunch(punch);
  }
  return (
    <div className={styles.buttons}>
      {choicesIn(kind).map(({ slot, punch, word, icon: Icon, look }) => (
        <Button key={slot} look={look} aria-disabled={isBusy} onClick={(event) => onClick(punch, event)}>
          <Icon size={16} aria-hidden />
          {word}
        </Button>
      ))}
    </div>
  );
}
