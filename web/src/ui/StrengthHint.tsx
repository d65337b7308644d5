import { type PasswordHint, passwordHint } from "@/lib/password/passwordHint";
import styles from "./StrengthHint.module.css";

const BARS = [1, 2, 3] as const;

/** Three bars and what they mean. */
export function StrengthHint({ password, personal }: { password: string; personal: readonly string[] }) {
  const { strength, advice }: PasswordHint = passwordHint(password, personal);
  return (
    <span className={styles.hint}>
      <span className={styles.bars} data-strength={strength} aria-hidden="true">
        {BARS.map((bar) => (
          <span key={bar} className={bar <= strength ? styles.filled : styles.bar} />
        ))}
      </span>
      {advice}
    </span>
  );
}
