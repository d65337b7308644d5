import { type KeyboardEvent, type ReactNode, type ToggleEvent, useId, useRef, useState } from "react";
import { Button } from "./Button";
import { cx } from "./cx";
import styles from "./Menu.module.css";
import { placeBelow } from "./placeBelow";

interface MenuProps {
  /** The accessible name of the button and its menu. */
  label: string;
  /** What the button shows. */
  face: ReactNode;
  className?: string | undefined;
  /** `MenuItem`s, and whatever stands between them. */
  children: ReactNode;
}

/**
 * A button with a menu, on the browser's own popover: Escape, a click elsewhere and the way back of the focus come with it,
 * and no style is injected, which the Content-Security-Policy would refuse. Arrow keys move, as in any menu.
 */
export function Menu({ label, face, className, children }: MenuProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);

  function onToggle(event: ToggleEvent<HTMLDivElement>): void {
    const opens = event.newState === "open";
    setOpen(opens);
    if (!opens) return;
    const menu = event.currentTarget;
    placeBelow(menu, button.current);
    if (document.activeElement === menu) itemsOf(menu)[0]?.focus();
  }

  return (
    <>
      <Button
        ref={button}
        look="bare"
        className={className}
        popoverTarget={id}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
      >
        {face}
      </Button>
      <div
        ref={focusWhenShown}
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={label}
        className={styles.menu}
        onToggle={onToggle}
        onKeyDown={onKeyDown}
      >
        {children}
      </div>
    </>
  );
}

interface MenuItemProps {
  icon: ReactNode;
  /** Given: one of several, this one chosen or not. */
  isChosen?: boolean;
  onSelect: () => void;
  children: ReactNode;
}

/** One line of a menu; closes it. */
export function MenuItem({ icon, isChosen, onSelect, children }: MenuItemProps) {
  return (
    <button
      type="button"
      {...(isChosen === undefined ? { role: "menuitem" } : { role: "menuitemradio", "aria-checked": isChosen })}
      tabIndex={-1}
      className={cx(styles.item, isChosen && styles.chosen)}
      onClick={(event) => {
        event.currentTarget.closest<HTMLElement>("[popover]")?.hidePopover();
        onSelect();
      }}
    >
      {icon}
      {children}
    </button>
  );
}

/**
 * The browser focuses a popover with this attribute while it opens it; `toggle` comes a task later, when a fast typist's
 * next key would still reach the button. React keeps its own `autoFocus` from the document, hence by hand.
 */
function focusWhenShown(menu: HTMLElement | null): void {
  menu?.setAttribute("autofocus", "");
}

function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
  const items = itemsOf(event.currentTarget);
  const at = items.indexOf(document.activeElement as HTMLElement);
  const next: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at <= 0 ? -1 : at - 1, Home: 0, End: -1 };
  const index = next[event.key];
  if (event.key === "Tab") event.currentTarget.hidePopover();
  if (index === undefined) return;
  event.preventDefault();
  items.at(index % items.length)?.focus();
}

function itemsOf(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>("[role^=menuitem]")];
}
