import { Button } from "./Button";
import stack from "./FormStack.module.css";

interface SaveButtonsProps {
  /** What the button says. */
  word?: string;
  /** Whether there is anything to save. */
  isChanged: boolean;
  isSaving: boolean;
  onDiscard: () => void;
}

/**
 * The end of a form of settings. The form itself minds what it does when there is nothing to save: a button that is switched
 * off would throw out whoever has just pressed it with the keyboard.
 */
export function SaveButtons({ word = "Save", isChanged, isSaving, onDiscard }: SaveButtonsProps) {
  return (
    <div className={stack.buttons}>
      {isChanged && <Button onClick={onDiscard}>Discard</Button>}
      <Button look="primary" type="submit" aria-disabled={!isChanged || isSaving}>
        {isSaving ? "Saving…" : word}
      </Button>
    </div>
  );
}
