import { ChevronLeft, ChevronRight } from "lucide-react";
import type { KeyboardEvent, ReactNode } from "react";
import { formatExact } from "@/lib/time/format";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import type { Shot } from "../model/shots";
import { Picture } from "./Picture";
import styles from "./ShotDialog.module.css";

interface ShotDialogProps {
  shot: Shot;
  /** Where the arrow keys lead; the newest first. */
  shots: readonly Shot[];
  name: ReactNode;
  timeZone: string;
  onOpen: (shot: Shot) => void;
  onClose: () => void;
}

/** One screenshot as large as it fits; arrow keys step through its neighbours. */
export function ShotDialog({ shot, shots, name, timeZone, onOpen, onClose }: ShotDialogProps) {
  const at = shots.findIndex(({ id }) => id === shot.id);
  const newer = shots[at - 1];
  const older = at < 0 ? undefined : shots[at + 1];

  function onKeyDown(event: KeyboardEvent): void {
    const next = { ArrowLeft: newer, ArrowRight: older }[event.key];
    if (!next) return;
    event.preventDefault();
    onOpen(next);
  }

  return (
    <Dialog title="Screenshot" width="picture" onClose={onClose} onKeyDown={onKeyDown}>
      <div className={styles.frame}>
        <Picture key={shot.id} src={shot.file} alt="What was on the screen" className={styles.picture} />
      </div>
      <div className={styles.foot}>
        <p className={styles.what} role="status">
          {name && <span className={styles.name}>{name}</span>}
          <span className="tabular">{formatExact(shot.atMs, timeZone)}</span>
        </p>
        <div className={styles.steps}>
          <Button aria-label="Newer" disabled={!newer} onClick={() => newer && onOpen(newer)}>
            <ChevronLeft size={16} aria-hidden />
          </Button>
          <Button aria-label="Older" disabled={!older} onClick={() => older && onOpen(older)}>
            <ChevronRight size={16} aria-hidden />
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
