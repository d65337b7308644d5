import { Check, X } from "lucide-react";
import { type FocusEvent, type KeyboardEvent, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { Button } from "./Button";
import styles from "./ToastStack.module.css";
import { type Toast, type ToastStore, toastStore } from "./toastStore";

/** Read in two seconds by most people, in five by nearly all. */
const STANDS_MS = 6_000;
/** Whoever may take something back also has to decide it. */
const UNDO_STANDS_MS = 12_000;

/**
 * Every toast of the page, in a corner over it. Drawn once, beside the pages. They stand still while somebody points at them or
 * is among them with the keyboard; F8 leads there from anywhere, and Escape back.
 */
export function ToastStack({ store = toastStore }: { store?: ToastStore }) {
  const toasts = useSyncExternalStore(store.subscribe, store.toasts);
  const stack = useRef<HTMLElement>(null);
  const cameFrom = useRef<HTMLElement>(null);
  const [isPointedAt, setPointedAt] = useState(false);
  const [isFocused, setFocused] = useState(false);

  useEffect(() => {
    function onKeyDown(event: globalThis.KeyboardEvent): void {
      const button = stack.current?.querySelector("button");
      if (event.key !== "F8" || !button) return;
      event.preventDefault();
      button.focus();
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);

  // What is gone can neither be pointed at nor have the focus, and tells nobody that it went.
  const isEmpty = toasts.length === 0;
  useEffect(() => {
    if (!isEmpty) return;
    setPointedAt(false);
    setFocused(false);
  }, [isEmpty]);

  function onFocus(event: FocusEvent): void {
    setFocused(true);
    if (stack.current?.contains(event.relatedTarget)) return;
    cameFrom.current = event.relatedTarget instanceof HTMLElement ? event.relatedTarget : null;
  }

  function onBlur(event: FocusEvent): void {
    if (!stack.current?.contains(event.relatedTarget)) setFocused(false);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === "Escape") leave();
  }

  /** Back to where one came from, which may be gone meanwhile. */
  function leave(): void {
    const before = cameFrom.current?.isConnected ? cameFrom.current : document.querySelector("main");
    before?.focus();
  }

  function dismiss(id: number): void {
    if (stack.current?.contains(document.activeElement)) leave();
    store.dismiss(id);
  }

  const newest = toasts.at(-1);
  return (
    <>
      <div className="visually-hidden" role="status">
        {newest && `${newest.words}${newest.undo ? " Press F8 to undo." : ""}`}
      </div>
      {!isEmpty && (
        <section
          ref={stack}
          aria-label="Messages"
          className={styles.stack}
          onFocus={onFocus}
          onBlur={onBlur}
          onKeyDown={onKeyDown}
          onPointerEnter={() => setPointedAt(true)}
          onPointerLeave={() => setPointedAt(false)}
        >
          {toasts.map((toast) => (
            <ToastCard key={toast.id} toast={toast} isHeld={isPointedAt || isFocused} onDismiss={dismiss} />
          ))}
        </section>
      )}
    </>
  );
}

interface ToastCardProps {
  toast: Toast;
  isHeld: boolean;
  onDismiss: (id: number) => void;
}

function ToastCard({ toast: { id, words, undo }, isHeld, onDismiss }: ToastCardProps) {
  const dismiss = useRef(onDismiss);
  dismiss.current = onDismiss;
  const standsMs = undo ? UNDO_STANDS_MS : STANDS_MS;
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(() => dismiss.current(id), standsMs);
    return () => clearTimeout(timer);
  }, [id, isHeld, standsMs]);
  return (
    <div className={styles.toast}>
      <Check size={16} aria-hidden className={styles.icon} />
      <p className={styles.words}>{words}</p>
      {undo && (
        <Button
          look="bare"
          className={styles.undo}
          onClick={() => {
            onDismiss(id);
            undo();
          }}
        >
          Undo
        </Button>
      )}
      <Button look="bare" className={styles.dismiss} aria-label="Dismiss" onClick={() => onDismiss(id)}>
        <X size={16} aria-hidden />
      </Button>
    </div>
  );
}
