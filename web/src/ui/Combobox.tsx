import { X } from "lucide-react";
import { type KeyboardEvent, useId, useState } from "react";
import { Button } from "./Button";
import styles from "./Combobox.module.css";

export interface ComboboxOption {
  id: string;
  word: string;
  /** Tells apart who has the same name. */
  detail?: string;
}

interface ComboboxProps {
  label: string;
  placeholder: string;
  /** What is chosen, in words; empty if nothing is. */
  chosen: string;
  /** The best few options for a text. */
  find: (text: string) => readonly ComboboxOption[];
  onChoose: (id: string | undefined) => void;
}

/** Chooses one of many by typing a part of it: arrows move, Enter takes, Escape gives up, all as WAI-ARIA describes it. */
export function Combobox({ label, placeholder, chosen, find, onChoose }: ComboboxProps) {
  const id = useId();
  /** What is being typed; `undefined` while nothing is, and the chosen one stands there. */
  const [text, setText] = useState<string>();
  const [at, setAt] = useState(0);
  const options = text === undefined ? [] : find(text);
  const isOpen = options.length > 0;

  function take(option: ComboboxOption | undefined): void {
    if (!option) return;
    setText(undefined);
    onChoose(option.id);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step !== undefined) {
      event.preventDefault();
      if (text === undefined) setText("");
      else if (isOpen) setAt((at + step + options.length) % options.length);
    } else if (event.key === "Enter" && isOpen) {
      event.preventDefault();
      take(options[at]);
    } else if (event.key === "Escape" && text !== undefined) {
      event.preventDefault();
      setText(undefined);
    }
  }

  return (
    <div className={styles.box}>
      <input
        type="text"
        role="combobox"
        autoComplete="off"
        spellCheck={false}
        className={styles.input}
        aria-label={label}
        aria-expanded={isOpen}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={isOpen ? `${id}-${at}` : undefined}
        placeholder={placeholder}
        value={text ?? chosen}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => setText(undefined)}
      />
      {chosen !== "" && text === undefined && (
        <Button look="bare" className={styles.clear} aria-label={`Clear: ${label}`} onClick={() => onChoose(undefined)}>
          <X size={16} aria-hidden />
        </Button>
      )}
      <Options id={id} label={label} options={options} at={at} onPoint={setAt} onTake={take} />
    </div>
  );
}

interface OptionsProps {
  id: string;
  label: string;
  options: readonly ComboboxOption[];
  /** The one that Enter takes. */
  at: number;
  onPoint: (index: number) => void;
  onTake: (option: ComboboxOption) => void;
}

function Options({ id, label, options, at, onPoint, onTake }: OptionsProps) {
  return (
    <div id={`${id}-list`} role="listbox" aria-label={label} className={styles.list} hidden={options.length === 0}>
      {options.map((option, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the input, which keeps the focus
        <div
          key={option.id}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          className={styles.option}
          onPointerMove={() => onPoint(index)}
          // Before the input loses the focus.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onTake(option)}
        >
          <span className={styles.word}>{option.word}</span>
          {option.detail && <span className={styles.detail}>{option.detail}</span>}
        </div>
      ))}
    </div>
  );
}
