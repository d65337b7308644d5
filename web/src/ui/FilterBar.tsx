import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { cx } from "./cx";
import styles from "./FilterBar.module.css";

/** Above a list: what narrows it, and at the end what is done with all of it. */
export function FilterBar({ end, children }: { end?: ReactNode; children?: ReactNode }) {
  return (
    <div className={styles.bar}>
      {children}
      {end && <div className={styles.end}>{end}</div>}
    </div>
  );
}

interface FilterTextProps {
  label: string;
  /** What the list is narrowed to now, from the address. */
  text: string | undefined;
  onText: (text: string | undefined) => void;
}

/** Narrows a list while one types; Escape empties it. */
export function FilterText({ label, text = "", onText }: FilterTextProps) {
  const [typed, setTyped] = useState(text);
  const written = useRef(text);
  // Somebody else changed the address: a link, Back, "Clear filters".
  useEffect(() => {
    if (text === written.current) return;
    written.current = text;
    setTyped(text);
  }, [text]);

  function write(next: string): void {
    setTyped(next);
    written.current = next;
    onText(next || undefined);
  }

  return (
    <input
      type="search"
      className={cx(styles.control, styles.text)}
      aria-label={label}
      placeholder={label}
      autoComplete="off"
      spellCheck={false}
      maxLength={200}
      value={typed}
      onChange={(event) => write(event.target.value)}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || typed === "") return;
        event.preventDefault();
        write("");
      }}
    />
  );
}

interface FilterSelectProps {
  label: string;
  /** What every row is: `All teams`. */
  all: string;
  options: readonly { id: string; word: string }[];
  chosen: string | undefined;
  onChoose: (id: string | undefined) => void;
}

/** Narrows a list to one of a few kinds. */
export function FilterSelect({ label, all, options, chosen, onChoose }: FilterSelectProps) {
  return (
    <select
      className={styles.control}
      aria-label={label}
      value={chosen ?? ""}
      onChange={(event) => onChoose(event.target.value || undefined)}
    >
      <option value="">{all}</option>
      {options.map(({ id, word }) => (
        <option key={id} value={id}>
          {word}
        </option>
      ))}
    </select>
  );
}

interface FilterDaysProps {
  /** Days such as `2026-11-20`, both included. */
  from: string | undefined;
  to: string | undefined;
  onDays: (days: { from?: string | undefined; to?: string | undefined }) => void;
}

/** Narrows a list to some days. */
export function FilterDays({ from, to, onDays }: FilterDaysProps) {
  const id = useId();
  return (
    <>
      <label className={styles.day} htmlFor={`${id}-from`}>
        From
        <input
          id={`${id}-from`}
          type="date"
          className={styles.control}
          value={from ?? ""}
          max={to}
          onChange={(event) => onDays({ from: event.target.value || undefined })}
        />
      </label>
      <label className={styles.day} htmlFor={`${id}-to`}>
        To
        <input
          id={`${id}-to`}
          type="date"
          className={styles.control}
          value={to ?? ""}
          min={from}
          onChange={(event) => onDays({ to: event.target.value || undefined })}
        />
      </label>
    </>
  );
}
