import { useQuery } from "@tanstack/react-query";
import { PencilLine } from "lucide-react";
import type { Correction, EmployeeId } from "@/api/types";
import { Button } from "@/ui/Button";
import { Moment } from "@/ui/Moment";
import { correctionsQuery } from "../api/corrections";
import { useHoursFacts } from "../hooks/hoursContext";
import { correctionWord } from "../model/words";
import styles from "./CorrectionList.module.css";
import { Part, PartNote } from "./Part";

interface CorrectionListProps {
  employee: EmployeeId;
  /** Absent for whoever may not. */
  onCorrect: (() => void) | undefined;
}

/** What people changed about somebody's hours, and why. The person sees the same list. */
export function CorrectionList({ employee, onCorrect }: CorrectionListProps) {
  const { period } = useHoursFacts();
  const { data: corrections, error } = useQuery(correctionsQuery(period, employee));
  return (
    <Part
      title="Corrections"
      action={
        onCorrect && (
          <Button onClick={onCorrect}>
            <PencilLine size={14} aria-hidden />
            Correct time
          </Button>
        )
      }
    >
      {error && !corrections && <PartNote>{error.message}</PartNote>}
      {!corrections && !error && <PartNote>…</PartNote>}
      {corrections?.length === 0 && <PartNote>None: the hours are as they were recorded.</PartNote>}
      {corrections && corrections.length > 0 && (
        <ul className={styles.corrections}>
          {corrections.map((correction) => (
            <CorrectionItem key={correction.id} correction={correction} />
          ))}
        </ul>
      )}
    </Part>
  );
}

function CorrectionItem({ correction }: { correction: Correction }) {
  const { timeZone, nameOf } = useHoursFacts();
  const { from, to, kind, reason, author, authorName, at } = correction;
  return (
    <li className={styles.correction}>
      <p className={styles.what}>
        <Moment atMs={from} timeZone={timeZone} /> – <Moment atMs={to} timeZone={timeZone} besideMs={from} />
        {" became "}
        <strong>{correctionWord(kind)}</strong>
      </p>
      <p className={styles.reason}>{reason}</p>
      <p className={styles.by}>
        {authorName ?? nameOf(author)}, <Moment atMs={at} timeZone={timeZone} />
      </p>
    </li>
  );
}
