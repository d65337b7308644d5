import { CircleDashed, Radio, Unplug } from "lucide-react";
import { useLayoutEffect } from "react";
import type { Moment, TrackRef } from "@/api/types";
import type { Shown, Surface } from "@/lib/frames/surface";
import { Button } from "@/ui/Button";
import { cx } from "@/ui/cx";
import { momentUrl } from "../api/history";
import { useLive } from "../hooks/liveContext";
import { useShown, useSurface, useTrackState, useWatch } from "../hooks/useTrack";
import { formatCapturedAt } from "../model/frameAge";
import { type TileFace, tileFace } from "../model/tileFace";
import type { WallPerson } from "../model/wallPerson";
import { BlankFace } from "./BlankFace";
import { CanvasHost } from "./CanvasHost";
import styles from "./EnlargedPicture.module.css";
import { CapturedAt, FrameAge } from "./FrameTimes";

interface EnlargedPictureProps {
  person: WallPerson;
  track: TrackRef;
  isWatched: boolean;
  isActualSize: boolean;
  /** Shown in place of the live picture. */
  moment: Moment | undefined;
  onLive: () => void;
}

/** The live picture of one display as large as it fits, or one of its last moments, and below it when that was. */
export function EnlargedPicture(props: EnlargedPictureProps) {
  const { person, track, isWatched, moment, onLive } = props;
  const { isLost } = useLive();
  useWatch(track, "focus", isWatched);
  const state = useTrackState(track);
  const surface = useSurface(track, "focus");
  const shown = useShown(surface);
  const face = tileFace({ person, track: track.track, state, hasPicture: shown !== undefined, isWatched, isLost });
  if (moment) {
    return (
      <>
        <MomentPicture {...props} moment={moment} />
        <MomentFacts moment={moment} onLive={onLive} />
      </>
    );
  }
  return (
    <>
      <LivePicture {...props} face={face} surface={surface} shown={shown} />
      <p className={styles.facts}>
        {face.kind === "picture" && surface && <LiveFacts look={face.look} surface={surface} shown={shown} />}
      </p>
    </>
  );
}

interface LivePictureProps extends EnlargedPictureProps {
  face: TileFace;
  surface: Surface | undefined;
  shown: Shown | undefined;
}

function LivePicture({ person, isActualSize, face, surface, shown }: LivePictureProps) {
  const { actions } = useLive();
  useActualSize(surface, shown, isActualSize);
  const watch = (
    <Button onClick={() => actions.startWatching({ kind: "person", employee: person.employee })}>Watch</Button>
  );
  return (
    <div className={styles.stage}>
      {face.kind === "blank" && (
        <BlankFace face={face} name={person.name} room="full" action={face.why === "stopped" && watch} />
      )}
      {face.kind === "picture" && surface && (
        <CanvasHost
          surface={surface}
          role="img"
          aria-label={`Live picture of the screen of ${person.name}`}
          className={cx(styles.picture, isActualSize && styles.actual)}
          data-look={face.look}
          tabIndex={isActualSize ? 0 : undefined}
        />
      )}
    </div>
  );
}

interface LiveFactsProps {
  look: "live" | "waiting" | "lost";
  surface: Surface;
  shown: Shown | undefined;
}

function LiveFacts({ look, surface, shown }: LiveFactsProps) {
  const Icon = { live: Radio, waiting: CircleDashed, lost: Unplug }[look];
  return (
    <>
      <span className={styles.look}>
        <Icon size={16} aria-hidden />
        {{ live: "Live", waiting: "Waiting", lost: "Connection lost" }[look]}
      </span>
      <CapturedAt surface={surface} />
      {shown && !shown.isPreview && <span className={styles.size}>{`${shown.width} × ${shown.height}`}</span>}
      <FrameAge surface={surface} />
    </>
  );
}

function MomentPicture({ person, track, isActualSize, moment }: EnlargedPictureProps & { moment: Moment }) {
  const { timeZone } = useLive();
  return (
    <div className={styles.stage}>
      <div className={cx(styles.picture, isActualSize && styles.actual)}>
        <img
          src={momentUrl(track, moment.id, "full")}
          alt={`The screen of ${person.name} at ${formatCapturedAt(moment.at, timeZone)}`}
        />
      </div>
    </div>
  );
}

function MomentFacts({ moment, onLive }: { moment: Moment; onLive: () => void }) {
  const { timeZone } = useLive();
  return (
    <div className={styles.facts} data-look="past">
      <span role="status">
        Not live: <time dateTime={new Date(moment.at).toISOString()}>{formatCapturedAt(moment.at, timeZone)}</time>
      </span>
      <Button look="primary" className={styles.back} title="Back to live (Esc)" onClick={onLive}>
        <Radio size={16} aria-hidden />
        Back to live
      </Button>
    </div>
  );
}

/** One pixel of the picture for one of the screen: the canvas alone knows how large it is. */
function useActualSize(surface: Surface | undefined, shown: Shown | undefined, isActualSize: boolean): void {
  useLayoutEffect(() => {
    if (!surface) return;
    const { style } = surface.canvas;
    style.width = isActualSize && shown ? `${shown.width / devicePixelRatio}px` : "";
    return () => {
      style.width = "";
    };
  }, [surface, shown, isActualSize]);
}
