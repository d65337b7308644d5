import type { ComponentProps } from "react";
import styles from "./Button.module.css";
import { cx } from "./cx";

export interface ButtonProps extends ComponentProps<"button"> {
  /**
   * `primary`: the one thing that a page wants done. `quiet`: everything else. `bare`: an icon or a link in a line.
   * `danger`: what cannot be taken back, in the dialog that asks for it.
   */
  look?: "primary" | "quiet" | "bare" | "danger";
}

/** A button that does not submit unless told to. */
export function Button({ look = "quiet", type = "button", className, ...rest }: ButtonProps) {
  return <button type={type} className={cx(styles.button, styles[look], className)} {...rest} />;
}
