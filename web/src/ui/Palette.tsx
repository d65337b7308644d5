import { ChevronRight, Search } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { isPaletteKey } from "@/lib/dom/usePaletteHotkey";
import styles from "./Palette.module.css";

/** One thing that may be done or gone to. */
export interface PaletteEntry {
  id: string;
  word: string;
  /** Tells apart what has the same word, or says where it leads. */
  detail?: string | undefined;
  icon: ReactNode;
  /** `deeper`: taking it shows what may be done with it; the palette stays open. */
  leads?: "deeper";
  onTake: () => void;
}

export interface PaletteGroup {
  title: string;
  entries: readonly PaletteEntry[];
}

interface PaletteProps {
  /** The accessible name of the palette. */
  label: string;
  placeholder: string;
  /** What the entries are about, once one went deeper; Backspace in an empty field and its button lead back. */
  subject?: { word: string; onLeave: () => void } | undefined;
  /** The few entries that fit a text best; empty groups are left out. */
  find: (text: string) => readonly PaletteGroup[];
  onClose: () => void;
}

/**
 * A list over the page that is searched while one types: arrows move, Enter takes, Escape closes. A combobox whose list always
 * stands open, as WAI-ARIA describes it, in the browser's own modal.
 */
export function Palette({ label, placeholder, subject, find, onClose }: PaletteProps) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const groups = find(text);
  const entries = groups.flatMap((group) => group.entries);
  const current = entries[at];

  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    if (current) document.getElementById(`${id}-${current.id}`)?.scrollIntoView?.({ block: "nearest" });
  }, [id, current]);

  function startOver(): void {
    setText("");
    setAt(0);
  }

  function take(entry: PaletteEntry | undefined): void {
    if (!entry) return;
    if (entry.leads === "deeper") startOver();
    // First: whatever had the focus before gets it back, and what is taken may move it on.
    else dialog.current?.close();
    entry.onTake();
  }

  function leaveSubject(): void {
    startOver();
    field.current?.focus();
    subject?.onLeave();
  }

  function onKeyDown(event: KeyboardEvent): void {
    const last = entries.length - 1;
    const next: Record<string, number> = {
      ArrowDown: at >= last ? 0 : at + 1,
      ArrowUp: at <= 0 ? last : at - 1,
      PageDown: Math.min(last, at + 8),
      PageUp: Math.max(0, at - 8),
    };
    if (event.key in next) {
      event.preventDefault();
      setAt(Math.max(0, next[event.key] ?? 0));
    } else if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      take(current);
    } else if (isPaletteKey(event)) {
      event.preventDefault();
      dialog.current?.close();
    } else if (event.key === "Backspace" && text === "" && subject) {
      event.preventDefault();
      leaveSubject();
    }
  }

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click on the backdrop closes, as Escape does
    <dialog
      ref={dialog}
      className={styles.palette}
      aria-label={label}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && dialog.current.close()}
    >
      <div className={styles.line}>
        <Search size={16} aria-hidden className={styles.icon} />
        {subject && (
          <button type="button" className={styles.subject} onClick={leaveSubject} title="Back">
            {subject.word}
            <span className="visually-hidden">, back</span>
          </button>
        )}
        <input
          ref={field}
          type="text"
          role="combobox"
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          className={styles.input}
          aria-label={label}
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={current && `${id}-${current.id}`}
          placeholder={placeholder}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        <kbd className={styles.key}>Esc</kbd>
      </div>
      <Groups
        id={id}
        label={label}
        groups={groups}
        current={current}
        onPoint={(entry) => setAt(entries.indexOf(entry))}
        onTake={take}
      />
      <p className={entries.length === 0 ? styles.none : "visually-hidden"} role="status">
        {entries.length === 0 ? `Nothing is called “${text.trim()}”.` : countInWords(entries.length)}
      </p>
    </dialog>
  );
}

interface GroupsProps {
  id: string;
  label: string;
  groups: readonly PaletteGroup[];
  /** The one that Enter takes. */
  current: PaletteEntry | undefined;
  onPoint: (entry: PaletteEntry) => void;
  onTake: (entry: PaletteEntry) => void;
}

function Groups({ id, label, groups, current, onPoint, onTake }: GroupsProps) {
  return (
    <div id={`${id}-list`} role="listbox" aria-label={label} className={styles.list}>
      {groups.map(({ title, entries }) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a listbox
        <div key={title} role="group" aria-labelledby={`${id}-${title}`}>
          <div id={`${id}-${title}`} role="presentation" className={styles.title}>
            {title}
          </div>
          {entries.map((entry) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field, which keeps the focus
            <div
              key={entry.id}
              id={`${id}-${entry.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={entry.id === current?.id}
              className={styles.option}
              onPointerMove={() => onPoint(entry)}
              // Before the field loses the focus.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => onTake(entry)}
            >
              {entry.icon}
              <span className={styles.word}>{entry.word}</span>
              {entry.detail && <span className={styles.detail}>{entry.detail}</span>}
              {entry.leads && <ChevronRight size={16} aria-hidden className={styles.icon} />}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

function countInWords(count: number): string {
  return count === 1 ? "1 result" : `${count} results`;
}
