import { ChevronLeft, ChevronRight, Clock, LayoutGrid } from "lucide-react";
import type { ReactNode } from "react";
import { addDays } from "@/lib/time/calendar";
import { Button } from "@/ui/Button";
import type { ShotSearch, ShotView } from "../model/shotSearch";
import styles from "./ShotBar.module.css";

const VIEWS = [
  { view: "hours", word: "By hour", icon: Clock },
  { view: "grid", word: "Grid", icon: LayoutGrid },
] as const;

interface ShotBarProps {
  search: ShotSearch;
  view: ShotView;
  date: string;
  today: string;
  timeZone: string;
  /** How many are shown; `undefined` while on their way. */
  count: number | undefined;
  /** Whether there are more than are loaded. */
  hasMore: boolean;
  /** How many look like the one before. */
  alike: number;
  onSearch: (change: ShotSearch) => void;
  /** More filters, and what is done with what they let through. */
  children: ReactNode;
}

/** Which day, how it is laid out, and whose. */
export function ShotBar(props: ShotBarProps) {
  const { search, view, date, today, timeZone, count, hasMore, alike, onSearch, children } = props;
  const toDay = (next: string) => onSearch({ date: next === today ? undefined : next, open: undefined });
  return (
    <div className={styles.bar}>
      <div className={styles.line}>
        <div className={styles.days}>
          <Button look="bare" aria-label="The day before" onClick={() => toDay(addDays(date, -1))}>
            <ChevronLeft size={16} aria-hidden />
          </Button>
          <input
            type="date"
            className={styles.date}
            aria-label="Day"
            value={date}
            required
            onChange={(event) => event.target.value !== "" && toDay(event.target.value)}
          />
          <Button
            look="bare"
            aria-label="The day after"
            disabled={date >= today}
            onClick={() => toDay(addDays(date, 1))}
          >
            <ChevronRight size={16} aria-hidden />
          </Button>
          <Button className={styles.today} aria-pressed={date === today} onClick={() => toDay(today)}>
            Today
          </Button>
        </div>
        <div className={styles.filters}>{children}</div>
      </div>
      <div className={styles.line}>
        <fieldset className={styles.views}>
          <legend className="visually-hidden">View</legend>
          {VIEWS.map(({ view: one, word, icon: Icon }) => (
            <button
              key={one}
              type="button"
              className={styles.view}
              aria-pressed={one === view}
              onClick={() => onSearch({ view: one })}
            >
              <Icon size={16} aria-hidden />
              {word}
            </button>
          ))}
        </fieldset>
        <span className={styles.count} role="status">
          {count !== undefined &&
            `${count.toLocaleString("en")}${hasMore ? " or more" : ""} ${count === 1 ? "picture" : "pictures"}`}
        </span>
        <label className={styles.same}>
          <input
            type="checkbox"
            checked={search.same === "hidden"}
            onChange={(event) => onSearch({ same: event.target.checked ? "hidden" : undefined })}
          />
          {`Hide near-identical${alike > 0 ? ` (${alike.toLocaleString("en")})` : ""}`}
        </label>
        <span className={styles.zone}>{`Days and times of ${timeZone.replaceAll("_", " ")}`}</span>
      </div>
    </div>
  );
}
