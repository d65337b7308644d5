import { ArrowLeft, ChevronLeft, ChevronRight, Eye, EyeOff, Fullscreen } from "lucide-react";
import type { TrackRef } from "@/api/types";
import { Button } from "@/ui/Button";
import { RunningTime } from "@/ui/RunningTime";
import { StatusBadge } from "@/ui/StatusBadge";
import { useLive } from "../hooks/liveContext";
import type { FullScreen } from "../hooks/useFullScreen";
import { givenName, type WallPerson } from "../model/wallPerson";
import styles from "./EnlargedHeader.module.css";

interface EnlargedHeaderProps {
  person: WallPerson;
  track: TrackRef;
  isWatched: boolean;
  /** One pixel of the picture is one of the screen. */
  isActualSize: boolean;
  onActualSize: (isActualSize: boolean) => void;
  fullScreen: FullScreen;
  /** Undefined: nobody else has anything to show. */
  onStep: ((step: 1 | -1) => void) | undefined;
  onClose: () => void;
}

/** Who is enlarged, that they see it, and what one can do about it. */
export function EnlargedHeader(props: EnlargedHeaderProps) {
  const { person, track, isWatched, onClose } = props;
  const { isLost } = useLive();
  const Watching = isWatched ? Eye : EyeOff;
  return (
    <header className={styles.header}>
      <Button look="bare" aria-label="Back to the wall" title="Back to the wall (Esc)" onClick={onClose}>
        <ArrowLeft size={20} aria-hidden />
      </Button>
      <div className={styles.who}>
        <h1 className={styles.name}>{person.name}</h1>
        <StatusBadge status={isLost ? "unknown" : person.status} />
        {person.status === "idle" && !isLost && (
          <span className={styles.idle}>
            <RunningTime sinceMs={person.sinceMs} />
          </span>
        )}
      </div>
      <DisplayChips person={person} track={track} />
      <p className={styles.seen} data-watched={isWatched}>
        <Watching size={16} aria-hidden />
        {isWatched ? `${givenName(person.name)} sees that you are watching` : "You are not watching"}
      </p>
      <Buttons {...props} />
    </header>
  );
}

function Buttons({ person, isWatched, isActualSize, onActualSize, fullScreen, onStep }: EnlargedHeaderProps) {
  const { actions } = useLive();
  const scope = { kind: "person", employee: person.employee } as const;
  return (
    <div className={styles.buttons}>
      <Button
        look="bare"
        aria-label={isWatched ? "Stop watching" : "Watch"}
        title={isWatched ? "Stop watching (P)" : "Watch (P)"}
        onClick={() => (isWatched ? actions.stopWatching(scope) : actions.startWatching(scope))}
      >
        {isWatched ? <EyeOff size={16} aria-hidden /> : <Eye size={16} aria-hidden />}
      </Button>
      <Button
        look="bare"
        aria-label="1:1, actual size"
        aria-pressed={isActualSize}
        title="Actual size (O)"
        className={styles.toggle}
        onClick={() => onActualSize(!isActualSize)}
      >
        1:1
      </Button>
      {onStep && (
        <>
          <Button look="bare" aria-label="Previous person" title="Previous person (←)" onClick={() => onStep(-1)}>
            <ChevronLeft size={16} aria-hidden />
          </Button>
          <Button look="bare" aria-label="Next person" title="Next person (→)" onClick={() => onStep(1)}>
            <ChevronRight size={16} aria-hidden />
          </Button>
        </>
      )}
      {fullScreen.isAvailable && (
        <Button
          look="bare"
          aria-label="Full screen"
          aria-pressed={fullScreen.isFull}
          title="Full screen (F)"
          className={styles.toggle}
          onClick={fullScreen.toggle}
        >
          <Fullscreen size={16} aria-hidden />
        </Button>
      )}
    </div>
  );
}

/** The person's other displays. */
function DisplayChips({ person, track }: { person: WallPerson; track: TrackRef }) {
  const { feed, actions } = useLive();
  if (person.tracks.length < 2) return null;
  return (
    <fieldset className={styles.displays}>
      <legend className="visually-hidden">Display</legend>
      {person.tracks.map((number, at) => {
        const ref = { employee: person.employee, track: number };
        return (
          <button
            key={number}
            type="button"
            className={styles.display}
            aria-pressed={number === track.track}
            onClick={() => actions.enlarge(ref)}
          >
            {feed.state(ref)?.display ?? `Display ${at + 1}`}
          </button>
        );
      })}
    </fieldset>
  );
}
