import type { ReactNode } from "react";
import type { ViewingSearch } from "../model/viewingSearch";
import styles from "./Viewings.module.css";

interface ViewingFiltersProps {
  search: ViewingSearch;
  onSearch: (change: ViewingSearch) => void;
  /** The choice of the person who was watched, where there is one. */
  person: ReactNode;
  timeZone: string;
  exports: ReactNode;
}

/** Which viewings: of whom, from which day, to which day. */
export function ViewingFilters({ search, onSearch, person, timeZone, exports }: ViewingFiltersProps) {
  return (
    <div className={styles.filters}>
      {person}
      <label className={styles.day}>
        From
        <input
          type="date"
          value={search.from ?? ""}
          max={search.to}
          onChange={(event) => onSearch({ from: event.target.value || undefined })}
        />
      </label>
      <label className={styles.day}>
        To
        <input
          type="date"
          value={search.to ?? ""}
          min={search.from}
          onChange={(event) => onSearch({ to: event.target.value || undefined })}
        />
      </label>
      <span className={styles.zone}>{`Days and times of ${timeZone.replaceAll("_", " ")}`}</span>
      <div className={styles.export}>{exports}</div>
    </div>
  );
}
