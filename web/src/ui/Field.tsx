import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from "react";
import { cx } from "./cx";
import styles from "./Field.module.css";

interface FieldFrameProps {
  label: string;
  /** Said before anything is wrong. */
  hint?: ReactNode;
  /** What is wrong, in one sentence; takes the place of the hint. */
  error?: string | undefined;
}

/** A labelled text input. */
export function Field({ label, hint, error, ...input }: FieldFrameProps & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error}>
      <input {...input} {...wiring(id, hint, error)} className={cx(styles.control, input.className)} />
    </FieldFrame>
  );
}

/** A labelled choice; the options are its children. */
export function SelectField({
  label,
  hint,
  error,
  ...select
}: FieldFrameProps & SelectHTMLAttributes<HTMLSelectElement>) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error}>
      <select {...select} {...wiring(id, hint, error)} className={cx(styles.control, styles.select)} />
    </FieldFrame>
  );
}

/** A labelled text of several lines. */
export function TextAreaField({
  label,
  hint,
  error,
  ...textarea
}: FieldFrameProps & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error}>
      <textarea {...textarea} {...wiring(id, hint, error)} className={cx(styles.control, styles.lines)} />
    </FieldFrame>
  );
}

/** Label above, hint or error below. For controls that `Field` does not have, together with `wiring`. */
export function FieldFrame({
  id,
  label,
  hint,
  error,
  children,
}: FieldFrameProps & { id: string; children: ReactNode }) {
  const below = error ?? hint;
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      {children}
      {below && (
        <div id={`${id}-below`} className={cx(styles.below, error && styles.error)}>
          {below}
        </div>
      )}
    </div>
  );
}

/** Ties a control to its label and to what stands below it. */
export function wiring(id: string, hint: ReactNode, error: string | undefined) {
  return {
    id,
    "aria-invalid": error ? true : undefined,
    "aria-describedby": (error ?? hint) ? `${id}-below` : undefined,
  };
}
