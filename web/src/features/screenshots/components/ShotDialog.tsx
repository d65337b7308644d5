import { ChevronLeft, ChevronRight, Trash2 } from "lucide-react";
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
  /** Absent for whoever may not, and where it is not the place. */
  onDelete?: ((shot: Shot) => void) | undefined;
}

/** One screenshot as large as it fits; arrow keys, Home and End step through its neighbours, Delete asks to delete it. */
export function ShotDialog({ shot, shots, name, timeZone, onOpen, onClose, onDelete }: ShotDialogProps) {
  const at = shots.findIndex(({ id }) => id === shot.id);
  const newer = shots[at - 1];
  const older = at < 0 ? undefined : shots[at + 1];

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === "Delete" && onDelete) {
      event.preventDefault();
      onDelete(shot);
      return;
    }
    const next = { ArrowLeft: newer, ArrowRight: older, Home: shots[0], End: shots.at(-1) }[event.key];
    if (!next) return;
    event.preventDefault();
    if (next !== shot) onOpen(next);
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
          {shot.isNearIdentical && <span>≈ looks like the one before</span>}
          {shot.size && <span className="tabular">{`${shot.size.width} × ${shot.size.height}`}</span>}
          {at >= 0 && <span className="tabular">{`${at + 1} of ${shots.length}`}</span>}
        </p>
        <div className={styles.steps}>
          {onDelete && (
            <Button onClick={() => onDelete(shot)}>
              <Trash2 size={16} aria-hidden />
              Delete…
            </Button>
          )}
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
