import { Search } from "lucide-react";
import styles from "./SearchBox.module.css";

interface SearchBoxProps {
  label: string;
  placeholder: string;
  text: string;
  onText: (text: string) => void;
}

/** A line to look for something in the list below it; what is typed counts at once. */
export function SearchBox({ label, placeholder, text, onText }: SearchBoxProps) {
  return (
    <span className={styles.box}>
      <Search size={16} aria-hidden className={styles.icon} />
      <input
        type="search"
        className={styles.input}
        aria-label={label}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => onText(event.target.value)}
      />
    </span>
  );
}
