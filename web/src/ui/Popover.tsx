import { type MouseEvent, type ReactNode, type ToggleEvent, useId, useRef, useState } from "react";
import styles from "./Popover.module.css";
import { placeBelow } from "./placeBelow";

interface PopoverProps {
  /** What the button shows; also its accessible name. */
  face: ReactNode;
  /** The look of the button. */
  className: string | undefined;
  /** The accessible name of what opens. */
  label: string;
  children: ReactNode;
}

/** A button that shows more below itself, on the browser's own popover: Escape and a click elsewhere close it. */
export function Popover({ face, className, label, children }: PopoverProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);

  function onToggle(event: ToggleEvent<HTMLDivElement>): void {
    const opens = event.newState === "open";
    setOpen(opens);
    if (opens) placeBelow(event.currentTarget, button.current);
  }

  /** A link inside leads away from it. */
  function onClick({ target, currentTarget }: MouseEvent<HTMLDivElement>): void {
    if (target instanceof Element && target.closest("a")) currentTarget.hidePopover();
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        popoverTarget={id}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
      >
        {face}
      </button>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a link that is followed by key is clicked, too */}
      <div
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        className={styles.popover}
        onToggle={onToggle}
        onClick={onClick}
      >
        {children}
      </div>
    </>
  );
}
