import { useState } from "react";
import type { Difference } from "@/lib/change/mergeChanges";
import { Button } from "./Button";
import styles from "./ConflictDialog.module.css";
import { Dialog } from "./Dialog";
import stack from "./FormStack.module.css";
import { Notice } from "./Notice";

/** Whose value holds in the end. */
export type Side = "theirs" | "mine";

interface ConflictDialogProps<Key extends string> {
  /** What was changed twice, in the middle of a sentence: `the policy of Support`. */
  what: string;
  /** Who changed it meanwhile, if that is known. */
  who: string | undefined;
  differences: readonly Difference<Key>[];
  /** What a setting is called, and what a value of it reads as. */
  label: (key: Key) => string;
  say: (key: Key, value: unknown) => string;
  isPending: boolean;
  error: Error | null;
  onSave: (sides: Readonly<Record<Key, Side>>) => void;
  /** Back to the form, with everything that was typed. */
  onClose: () => void;
}

/**
 * Two people changed the same thing: shows both versions beside each other, and lets the second decide, setting by setting.
 * What only one of them changed is chosen already; what both changed is not.
 */
export function ConflictDialog<Key extends string>({
  what,
  who,
  differences,
  label,
  say,
  isPending,
  error,
  onSave,
  onClose,
}: ConflictDialogProps<Key>) {
  const [chosen, setChosen] = useState<Partial<Record<Key, Side>>>({});
  const sideOf = ({ key, by }: Difference<Key>): Side | undefined =>
    chosen[key] ?? (by === "me" ? "mine" : by === "them" ? "theirs" : undefined);
  const open = differences.filter((difference) => sideOf(difference) === undefined).length;
  const they = who ?? "Somebody else";

  function chooseAll(side: Side): void {
    setChosen(Object.fromEntries(differences.map(({ key }) => [key, side])) as Record<Key, Side>);
  }

  function save(): void {
    const sides = differences.map((difference) => [difference.key, sideOf(difference) ?? "theirs"]);
    onSave(Object.fromEntries(sides) as Record<Key, Side>);
  }

  return (
    <Dialog title="Changed by two people" width="text" onClose={onClose}>
      <div className={stack.stack}>
        {error && <Notice tone="error">{error.message}</Notice>}
        <p>{`${they} saved ${what} while you were changing it. Nothing of yours is lost: choose what is to hold.`}</p>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Setting</th>
              <th scope="col">Before</th>
              <th scope="col">{who ?? "Theirs"}</th>
              <th scope="col">You</th>
            </tr>
          </thead>
          <tbody>
            {differences.map((difference) => (
              <tr key={difference.key} data-by={difference.by}>
                <th scope="row">{label(difference.key)}</th>
                <td className={styles.before}>{say(difference.key, difference.before)}</td>
                {(["theirs", "mine"] as const).map((side) => (
                  <td key={side}>
                    <label className={styles.choice}>
                      <input
                        type="radio"
                        name={difference.key}
                        aria-label={`${label(difference.key)}: ${side === "mine" ? "yours" : "theirs"}, ${say(difference.key, difference[side])}`}
                        checked={sideOf(difference) === side}
                        onChange={() => setChosen({ ...chosen, [difference.key]: side })}
                      />
                      <span>{say(difference.key, difference[side])}</span>
                    </label>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        <div className={styles.all}>
          <Button onClick={() => chooseAll("theirs")}>Take all of theirs</Button>
          <Button onClick={() => chooseAll("mine")}>Take all of mine</Button>
        </div>
        <div className={stack.buttons}>
          <Button onClick={onClose}>Back to the form</Button>
          <Button look="primary" disabled={isPending || open > 0} onClick={save}>
            {isPending ? "Saving…" : open > 0 ? `${open} to choose` : "Save what is chosen"}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
