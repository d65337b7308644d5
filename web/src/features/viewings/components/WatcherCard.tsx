import { Eye, EyeOff } from "lucide-react";
import { Card, CardLead, CardNote } from "@/ui/Card";
import { useWatchers } from "../hooks/watcherContext";
import { whoIsWatching } from "../model/watchers";
import styles from "./WatcherCard.module.css";
import { WatcherList } from "./WatcherList";

/** Who watches the person, said to them: also that nobody does, and also that it is not known. */
export function WatcherCard({ timeZone }: { timeZone: string }) {
  const people = useWatchers();
  const isWatched = people !== undefined && people.length > 0;
  const Icon = isWatched ? Eye : EyeOff;
  return (
    <Card title="Who is watching" className={isWatched ? styles.watched : undefined}>
      <CardLead>
        <Icon size={20} aria-hidden className={styles.icon} />
        {people ? `${whoIsWatching(people)} watching your screen` : "Not known"}
      </CardLead>
      {isWatched && (
        <div className={styles.people}>
          <WatcherList people={people} timeZone={timeZone} />
        </div>
      )}
      <CardNote>
        {people
          ? "You see it here, and in the bar above every page, the moment somebody begins. They see what your screen shows and cannot control it."
          : "The hub cannot be heard. Once it is, you see here who watches."}
      </CardNote>
    </Card>
  );
}
