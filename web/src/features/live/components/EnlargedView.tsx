import { UserX } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { Moment, TrackRef } from "@/api/types";
import { trackKey } from "@/lib/frames/trackKey";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { useLive } from "../hooks/liveContext";
import type { FullScreen } from "../hooks/useFullScreen";
import { useKeys } from "../hooks/useKeys";
import { useIsWatched, usePerson } from "../hooks/useTrack";
import { EnlargedHeader } from "./EnlargedHeader";
import { EnlargedPicture } from "./EnlargedPicture";
import styles from "./EnlargedView.module.css";
import { HistoryStrip } from "./HistoryStrip";

interface EnlargedViewProps {
  track: TrackRef;
  fullScreen: FullScreen;
  /** Leads to the person before or after; `undefined` if there is nobody else. */
  onStep: ((step: 1 | -1) => void) | undefined;
  onClose: () => void;
}

/** One display in full, with its last moments below. */
export function EnlargedView({ track, fullScreen, onStep, onClose }: EnlargedViewProps) {
  const { actions, people } = useLive();
  const person = usePerson(track.employee);
  const isWatched = useIsWatched(person);
  const [isActualSize, setActualSize] = useState(false);
  const [chosen, setChosen] = useState<{ key: string; item: Moment }>();
  const key = trackKey(track);
  const moment = chosen?.key === key ? chosen.item : undefined;
  const view = useRef<HTMLElement>(null);
  useEffect(() => view.current?.focus({ preventScroll: true }), []);

  const scope = { kind: "person", employee: track.employee } as const;
  useKeys({
    Escape: () => (moment ? setChosen(undefined) : onClose()),
    ArrowLeft: () => step(-1),
    ArrowRight: () => step(1),
    f: fullScreen.toggle,
    o: () => setActualSize(!isActualSize),
    p: () => (isWatched ? actions.stopWatching(scope) : actions.startWatching(scope)),
  });

  function step(direction: 1 | -1): boolean {
    // An actual-size picture is moved by the arrows.
    if (!onStep || isActualSize) return false;
    onStep(direction);
    return true;
  }

  return (
    <section
      ref={view}
      tabIndex={-1}
      className={styles.view}
      aria-label={person ? `Screen of ${person.name}` : "Screen"}
    >
      {person ? (
        <>
          <EnlargedHeader
            person={person}
            track={track}
            isWatched={isWatched}
            isActualSize={isActualSize}
            onActualSize={setActualSize}
            fullScreen={fullScreen}
            onStep={onStep}
            onClose={onClose}
          />
          <EnlargedPicture
            key={key}
            person={person}
            track={track}
            isWatched={isWatched}
            isActualSize={isActualSize}
            moment={moment}
            onLive={() => setChosen(undefined)}
          />
          <HistoryStrip
            key={`history ${key}`}
            track={track}
            name={person.name}
            chosen={moment?.id}
            onChoose={(item) => setChosen({ key, item })}
          />
        </>
      ) : (
        people.isLoaded() && <NobodyHere onClose={onClose} />
      )}
    </section>
  );
}

function NobodyHere({ onClose }: { onClose: () => void }) {
  return (
    <div className={styles.nobody}>
      <EmptyState
        icon={<UserX size={20} aria-hidden />}
        title="Nobody here"
        heading="h1"
        action={<Button onClick={onClose}>Back to the wall</Button>}
      >
        There is no such person, or they are none of those whom you may watch.
      </EmptyState>
    </div>
  );
}
