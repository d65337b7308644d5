import { type InputHTMLAttributes, type ReactNode, useId } from "react";
import styles from "./CheckField.module.css";

interface CheckFieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  /** What it means, below. */
  hint?: ReactNode;
}

/** Yes or no. */
export function CheckField({ label, hint, ...input }: CheckFieldProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <input
        {...input}
        id={id}
        type="checkbox"
        className={styles.box}
        aria-describedby={hint ? `${id}-below` : undefined}
      />
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      {hint && (
        <div id={`${id}-below`} className={styles.hint}>
          {hint}
        </div>
      )}
    </div>
  );
}

/** Several of them under one heading. */
export function CheckGroup({ legend, hint, children }: { legend: string; hint?: ReactNode; children: ReactNode }) {
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{legend}</legend>
      {children}
      {hint && <div className={styles.hint}>{hint}</div>}
    </fieldset>
  );
}
