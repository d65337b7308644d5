import { useLocation, useNavigate, useSearch } from "@tanstack/react-router";
import { Search } from "lucide-react";
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from "react";
import { useSearchHotkey } from "@/lib/dom/useSearchHotkey";
import styles from "./PeopleSearch.module.css";

/**
 * Finds people while one types, on the live wall if one is there and otherwise on the board; the text lives in the address.
 * `/` leads here, Escape away.
 */
export function PeopleSearch({ className }: { className: string | undefined }) {
  const input = useRef<HTMLInputElement>(null);
  const navigate = useNavigate();
  const page = useLocation({ select: ({ pathname }) => (pathname === "/live" ? "/live" : "/") });
  const asked = useSearch({ strict: false, select: (search) => search.q ?? "" });
  const [text, setText] = useState(asked);
  const written = useRef(asked);

  // The address may change without this field: back, forward, "Clear filters".
  useEffect(() => {
    if (asked === written.current) return;
    written.current = asked;
    setText(asked);
  }, [asked]);

  function write(next: string): void {
    setText(next);
    written.current = next.slice(0, 200);
    void navigate({ to: page, search: (before) => ({ ...before, q: written.current || undefined }), replace: true });
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== "Escape") return;
    if (text !== "") write("");
    else input.current?.blur();
  }

  useSearchHotkey(useCallback(() => input.current?.select(), []));

  return (
    <search className={className}>
      <div className={styles.box}>
        <Search size={16} aria-hidden className={styles.icon} />
        <input
          ref={input}
          type="text"
          inputMode="search"
          enterKeyHint="search"
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          className={styles.input}
          aria-label="Search people"
          aria-keyshortcuts="/"
          placeholder="Search people"
          value={text}
          onChange={(event) => write(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <span className={styles.key} aria-hidden="true">
          /
        </span>
      </div>
    </search>
  );
}
