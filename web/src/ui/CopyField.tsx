import { Check, Copy } from "lucide-react";
import { useId, useState } from "react";
import { Button } from "./Button";
import styles from "./CopyField.module.css";
import { FieldFrame } from "./Field";

interface CopyFieldProps {
  label: string;
  text: string;
  hint?: string;
  /** `large`: something that is read aloud or typed, such as a code. */
  size?: "large";
}

/** A text to hand over: may be selected, and one button copies it. */
export function CopyField({ label, text, hint, size }: CopyFieldProps) {
  const id = useId();
  const [copied, setCopied] = useState<string>();
  const isCopied = copied === text;

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(text);
    } catch {
      // Without a secure context there is no clipboard; what is selected can still be copied by hand.
      document.querySelector<HTMLInputElement>(`[data-copy="${id}"]`)?.select();
    }
  }

  return (
    <FieldFrame id={id} label={label} hint={hint}>
      <div className={styles.row}>
        <input
          id={id}
          data-copy={id}
          readOnly
          className={styles.text}
          data-size={size}
          value={text}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button className={styles.button} aria-label={`Copy ${label.toLowerCase()}`} onClick={() => void copy()}>
          {isCopied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
          {isCopied ? "Copied" : "Copy"}
        </Button>
        <span className="visually-hidden" role="status">
          {isCopied ? "Copied" : ""}
        </span>
      </div>
    </FieldFrame>
  );
}
