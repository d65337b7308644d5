import { FileUp } from "lucide-react";
import { type ChangeEvent, type DragEvent, useId, useState } from "react";
import styles from "./FileDrop.module.css";

/** A place for a CSV file: to choose it, or to drop it there. */
export function FileDrop({ onFile }: { onFile: (file: File | undefined) => void }) {
  const id = useId();
  const [isOver, setOver] = useState(false);
  function drop(event: DragEvent): void {
    event.preventDefault();
    setOver(false);
    onFile(event.dataTransfer.files[0]);
  }
  function choose(event: ChangeEvent<HTMLInputElement>): void {
    onFile(event.target.files?.[0]);
    // The same file may be chosen again, after it was corrected.
    event.target.value = "";
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the input inside is the first
    <div
      className={styles.drop}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <input id={id} type="file" accept=".csv,text/csv,text/plain" className="visually-hidden" onChange={choose} />
      <label htmlFor={id} className={styles.label}>
        <FileUp size={20} aria-hidden />
        <span>
          <strong>Choose a CSV file</strong>, or drop it here
        </span>
      </label>
    </div>
  );
}
