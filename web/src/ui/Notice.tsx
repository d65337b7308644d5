import { CircleAlert, Info, TriangleAlert, X } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./Button";
import { cx } from "./cx";
import styles from "./Notice.module.css";

const ICONS = { info: Info, warning: TriangleAlert, error: CircleAlert };

interface NoticeProps {
  /** `warning`: somebody should look at it. `error`: what the person did failed. */
  tone?: keyof typeof ICONS;
  /** One button: what to do about it. */
  action?: ReactNode;
  /** Given: the person may put it away. */
  onDismiss?: () => void;
  children: ReactNode;
}

/** A sentence that stays: what went wrong, or what to know. Errors are read out at once. */
export function Notice({ tone = "info", action, onDismiss, children }: NoticeProps) {
  const Icon = ICONS[tone];
  return (
    <div
      className={cx(styles.notice, styles[tone], Boolean(action) && styles.acting)}
      role={tone === "error" ? "alert" : undefined}
    >
      <Icon size={16} aria-hidden className={styles.icon} />
      <div className={styles.body}>
        <div className={styles.text}>{children}</div>
        {action}
      </div>
      {onDismiss && (
        <Button look="bare" className={styles.dismiss} aria-label="Dismiss" onClick={onDismiss}>
          <X size={16} aria-hidden />
        </Button>
      )}
    </div>
  );
}
