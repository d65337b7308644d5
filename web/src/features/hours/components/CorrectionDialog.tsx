import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useMemo, useState } from "react";
import type { CorrectionKind, EmployeeId } from "@/api/types";
import { instantOfWall, wallTextOf } from "@/lib/time/calendar";
import { formatHours, formatMoment } from "@/lib/time/format";
import { Button } from "@/ui/Button";
import { KIND_WORDS } from "@/ui/DayStripCard";
import { Dialog } from "@/ui/Dialog";
import { Field, SelectField, TextAreaField } from "@/ui/Field";
import stackStyles from "@/ui/FormStack.module.css";
import { Notice } from "@/ui/Notice";
import type { StripSegment } from "@/ui/stripPieces";
import { sendCorrection } from "../api/corrections";
import { HOURS_KEY } from "../api/hours";
import { useHoursFacts } from "../hooks/hoursContext";
import { correctionProblem } from "../model/correctionDraft";
import { CORRECTION_WORDS, zoneWords } from "../model/words";

interface CorrectionDialogProps {
  employee: EmployeeId;
  name: string;
  /** What may be chosen with one click: its edges are exact. */
  segments: readonly StripSegment[];
  onClose: () => void;
}

/** Lays a correction over somebody's hours: from, to, what it was, and why. */
export function CorrectionDialog({ employee, name, segments, onClose }: CorrectionDialogProps) {
  const { timeZone } = useHoursFacts();
  const queryClient = useQueryClient();
  /** Made once, so that a second attempt is the same correction. */
  const id = useMemo(() => crypto.randomUUID(), []);
  const [from, setFrom] = useState<number | undefined>(segments[0]?.fromMs);
  const [to, setTo] = useState<number | undefined>(segments[0]?.toMs);
  const [kind, setKind] = useState<CorrectionKind>("active");
  const [reason, setReason] = useState("");
  const problem = correctionProblem({ from, to });
  const sending = useMutation({
    mutationFn: sendCorrection,
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: HOURS_KEY });
      onClose();
    },
  });

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (from === undefined || to === undefined || problem || sending.isPending) return;
    sending.mutate({ id, employeeId: employee, from, to, kind, reason });
  }

  function onSegment(index: number): void {
    const segment = segments[index];
    if (!segment) return;
    setFrom(segment.fromMs);
    setTo(segment.toMs);
  }

  return (
    <Dialog title={`Correct the hours of ${name}`} onClose={onClose}>
      <form className={stackStyles.stack} onSubmit={onSubmit}>
        {segments.length > 0 && (
          <SelectField
            label="Segment"
            hint="Takes its exact start and end; both can still be changed."
            value={segments.findIndex(({ fromMs, toMs }) => fromMs === from && toMs === to)}
            onChange={(event) => onSegment(Number(event.target.value))}
          >
            <option value={-1}>Another time</option>
            {segments.map(({ fromMs, toMs, kind: was }, index) => (
              <option key={fromMs} value={index}>
                {`${formatMoment(fromMs, fromMs, timeZone)} – ${formatMoment(toMs, fromMs, timeZone)}, ${KIND_WORDS[was]}`}
              </option>
            ))}
          </SelectField>
        )}
        <WallField label={`From (${zoneWords(timeZone)})`} atMs={from} timeZone={timeZone} onChange={setFrom} />
        <WallField
          label={`To (${zoneWords(timeZone)})`}
          atMs={to}
          timeZone={timeZone}
          onChange={setTo}
          error={problem}
        />
        <SelectField label="It was" value={kind} onChange={(event) => setKind(event.target.value as CorrectionKind)}>
          {Object.entries(CORRECTION_WORDS).map(([value, word]) => (
            <option key={value} value={value}>
              {word}
            </option>
          ))}
        </SelectField>
        <TextAreaField
          label="Reason"
          hint={`${name} sees it, with your name. What was recorded stays as it is.`}
          rows={3}
          required
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        {sending.error && <Notice tone="error">{sending.error.message}</Notice>}
        <div className={stackStyles.buttons}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" aria-disabled={sending.isPending || problem !== undefined}>
            {from !== undefined && to !== undefined && !problem ? `Correct ${formatHours(to - from)}` : "Correct"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface WallFieldProps {
  label: string;
  atMs: number | undefined;
  timeZone: string;
  error?: string | undefined;
  onChange: (atMs: number | undefined) => void;
}

/** A date and a time of the organization's zone. Milliseconds that it cannot show stay until somebody types. */
function WallField({ label, atMs, timeZone, error, onChange }: WallFieldProps) {
  return (
    <Field
      label={label}
      type="datetime-local"
      step={1}
      required
      error={error}
      value={atMs === undefined ? "" : wallTextOf(atMs, timeZone)}
      onChange={(event) => onChange(instantOfWall(event.target.value, timeZone))}
    />
  );
}
