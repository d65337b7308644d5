import { Moment } from "@/ui/Moment";
import { RunningTime } from "@/ui/RunningTime";
import { trackWords, type WatchingPerson } from "../model/watchers";
import styles from "./WatcherList.module.css";

/** Everybody who watches the person now: who, what, since when. */
export function WatcherList({ people, timeZone }: { people: readonly WatchingPerson[]; timeZone: string }) {
  return (
    <ul className={styles.list}>
      {people.map(({ name, sinceMs, tracks }) => (
        <li key={name} className={styles.person}>
          <span className={styles.name}>{name}</span>
          <span className={styles.length}>
            <RunningTime sinceMs={sinceMs} />
          </span>
          <span className={styles.what}>
            {tracks.map(trackWords).join(", ")}, since <Moment atMs={sinceMs} timeZone={timeZone} />
          </span>
        </li>
      ))}
    </ul>
  );
}
