import { type ReactNode, useState } from "react";
import type { EmployeeId } from "@/api/types";
import { useHeld } from "../hooks/useHeld";
import type { Shot } from "../model/shots";
import { ShotCard } from "./ShotCard";
import { ShotDialog } from "./ShotDialog";
import styles from "./ShotStrip.module.css";

/** More than a wide screen shows at once; the rest is a scroll to the side away. */
const SHOWN_MAX = 24;
const SKELETONS = Array.from({ length: 12 }, (_, index) => `shot ${index}`);

interface ShotStripProps {
  title: string;
  /** `undefined` while they are on their way. */
  shots: readonly Shot[] | undefined;
  /** Whose a picture is, in words; absent where all are of one person. */
  nameOf?: (employee: EmployeeId) => ReactNode;
  /** What stands there if there is none. */
  none: string;
  timeZone: string;
}

/** The latest pictures in one line, the newest first. Stands still while somebody is about to click. */
export function ShotStrip({ title, shots, nameOf, none, timeZone }: ShotStripProps) {
  const { value: held, onPointerMove, onPointerLeave } = useHeld(shots);
  const [open, setOpen] = useState<Shot>();
  const shown = held?.slice(0, SHOWN_MAX);
  return (
    <section className={styles.strip} aria-label={title}>
      <h2 className={styles.title}>{title}</h2>
      {shown?.length === 0 ? (
        <p className={styles.none}>{none}</p>
      ) : (
        <ul className={styles.line} aria-busy={!shown} onPointerMove={onPointerMove} onPointerLeave={onPointerLeave}>
          {shown
            ? shown.map((shot) => (
                <li key={shot.id} className={styles.place}>
                  <ShotCard shot={shot} name={nameOf?.(shot.employee)} timeZone={timeZone} onOpen={setOpen} />
                </li>
              ))
            : SKELETONS.map((key) => <li key={key} className={styles.skeleton} />)}
        </ul>
      )}
      {open && shown && (
        <ShotDialog
          shot={open}
          shots={shown}
          name={nameOf?.(open.employee)}
          timeZone={timeZone}
          onOpen={setOpen}
          onClose={() => setOpen(undefined)}
        />
      )}
    </section>
  );
}
