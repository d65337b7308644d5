import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { formatOffset } from "@/lib/time/format";
import { Button } from "@/ui/Button";
import { useHoursFacts } from "../hooks/hoursContext";
import type { HoursSearch } from "../model/hoursSearch";
import { asKind, PERIOD_KINDS, type PeriodKind, spanOf, stepped } from "../model/period";
import { zoneWords } from "../model/words";
import styles from "./PeriodBar.module.css";

const WORDS: Readonly<Record<PeriodKind, string>> = { day: "Day", week: "Week", range: "Range" };

interface PeriodBarProps {
  onSearch: (change: HoursSearch) => void;
  /** Whose hours, where that can be chosen. */
  filters: ReactNode;
  /** What is done with what is shown. */
  exports: ReactNode;
}

/** Which days: today, another day, a week, a range; with the zone whose days they are. */
export function PeriodBar({ onSearch, filters, exports }: PeriodBarProps) {
  const { period, today, timeZone } = useHoursFacts();
  const { kind, from, to } = period;
  const isToday = kind === "day" && from === today;
  const unit = kind === "range" ? "days" : kind;
  return (
    <div className={styles.bar}>
      <div className={styles.line}>
        <fieldset className={styles.kinds}>
          <legend className="visually-hidden">Period</legend>
          {PERIOD_KINDS.map((one) => (
            <button
              key={one}
              type="button"
              className={styles.kind}
              aria-pressed={one === kind}
              onClick={() => onSearch(asKind(period, one, today))}
            >
              {WORDS[one]}
            </button>
          ))}
        </fieldset>
        <div className={styles.days}>
          <Button look="bare" aria-label={`The ${unit} before`} onClick={() => onSearch(stepped(period, -1, today))}>
            <ChevronLeft size={16} aria-hidden />
          </Button>
          {kind === "range" ? (
            <>
              <DateInput label="From" date={from} max={to} onDate={(date) => onSearch({ from: date, to })} />
              <DateInput label="To" date={to} min={from} onDate={(date) => onSearch({ from, to: date })} />
            </>
          ) : (
            <DateInput
              label={kind === "day" ? "Day" : "Week of"}
              date={from}
              onDate={(date) => onSearch({ date: date === today ? undefined : date })}
            />
          )}
          <Button
            look="bare"
            aria-label={`The ${unit} after`}
            disabled={to >= today}
            onClick={() => onSearch(stepped(period, 1, today))}
          >
            <ChevronRight size={16} aria-hidden />
          </Button>
          <Button
            aria-pressed={isToday}
            className={styles.today}
            onClick={() => onSearch({ period: undefined, date: undefined, from: undefined, to: undefined })}
          >
            Today
          </Button>
        </div>
        <div className={styles.exports}>{exports}</div>
      </div>
      <div className={styles.line}>
        {filters}
        <span className={styles.zone} title={`${formatOffset(spanOf(period, timeZone).fromMs, timeZone)} at its start`}>
          {`Days and times of ${zoneWords(timeZone)}`}
        </span>
      </div>
    </div>
  );
}

interface DateInputProps {
  label: string;
  date: string;
  min?: string;
  max?: string;
  onDate: (date: string) => void;
}

function DateInput({ label, date, min, max, onDate }: DateInputProps) {
  return (
    <label className={styles.date}>
      <span className={styles.label}>{label}</span>
      <input
        type="date"
        value={date}
        min={min}
        max={max}
        required
        onChange={(event) => event.target.value !== "" && onDate(event.target.value)}
      />
    </label>
  );
}
