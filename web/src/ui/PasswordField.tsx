import { Eye, EyeOff } from "lucide-react";
import { type InputHTMLAttributes, type ReactNode, useId, useState } from "react";
import { Button } from "./Button";
import { cx } from "./cx";
import { FieldFrame, wiring } from "./Field";
import fieldStyles from "./Field.module.css";
import styles from "./PasswordField.module.css";

interface PasswordFieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
}

/** A password that its writer may look at: the check against typos, in place of typing it twice. */
export function PasswordField({ label, hint, error, ...input }: PasswordFieldProps) {
  const id = useId();
  const [isShown, setShown] = useState(false);
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error}>
      <div className={styles.row}>
        <input
          {...input}
          {...wiring(id, hint, error)}
          type={isShown ? "text" : "password"}
          className={cx(fieldStyles.control, styles.input)}
        />
        <Button
          look="bare"
          className={styles.eye}
          aria-pressed={isShown}
          aria-label="Show password"
          onClick={() => setShown(!isShown)}
        >
          {isShown ? <EyeOff size={16} aria-hidden /> : <Eye size={16} aria-hidden />}
        </Button>
      </div>
    </FieldFrame>
  );
}
