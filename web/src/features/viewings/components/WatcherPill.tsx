import { Eye } from "lucide-react";
import type { ReactNode } from "react";
import { Moment } from "@/ui/Moment";
import { Popover } from "@/ui/Popover";
import { useWatchers } from "../hooks/watcherContext";
import { whoIsWatching } from "../model/watchers";
import { WatcherList } from "./WatcherList";
import styles from "./WatcherPill.module.css";

interface WatcherPillProps {
  timeZone: string;
  className: string | undefined;
  /** The way to all viewings. */
  more: ReactNode;
}

/** Says on every page that somebody watches the person, for as long as it holds. Nothing where nobody does. */
export function WatcherPill({ timeZone, className, more }: WatcherPillProps) {
  const people = useWatchers() ?? [];
  const words = `${whoIsWatching(people)} watching your screen`;
  const [first] = people;
  return (
    <>
      <span className="visually-hidden" role="status">
        {first ? words : ""}
      </span>
      {first && (
        <div className={className}>
          <Popover
            label="Who is watching you"
            className={styles.pill}
            face={
              <>
                <Eye size={16} aria-hidden className={styles.eye} />
                <span className={styles.words}>
                  {words}
                  {people.length === 1 && (
                    <>
                      {" since "}
                      <Moment atMs={first.sinceMs} timeZone={timeZone} />
                    </>
                  )}
                </span>
              </>
            }
          >
            <WatcherList people={people} timeZone={timeZone} />
            <p className={styles.note}>
              They see what your screen shows. They cannot control it. Every viewing is kept.
            </p>
            {more}
          </Popover>
        </div>
      )}
    </>
  );
}
