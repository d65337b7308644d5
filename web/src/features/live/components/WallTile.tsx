import { CircleDashed, Unplug } from "lucide-react";
import { memo, useState } from "react";
import { STATUS_WORDS } from "@/ui/StatusBadge";
import type { StatusLook } from "@/ui/StatusShape";
import { useLive } from "../hooks/liveContext";
import { useIsWatched, usePerson, useShown, useSurface, useTrackRef, useTrackState, useWatch } from "../hooks/useTrack";
import { blankWords, type TileFace, tileFace } from "../model/tileFace";
import type { Tile } from "../model/wallLayout";
import { givenName, type WallPerson } from "../model/wallPerson";
import { BlankFace } from "./BlankFace";
import { CanvasHost } from "./CanvasHost";
import { CapturedAt } from "./FrameTimes";
import { TileActions } from "./TileActions";
import { TileFoot } from "./TileFoot";
import styles from "./WallTile.module.css";

interface WallTileProps {
  tile: Tile;
  /** From 1. */
  column: number;
  /** On the screen, or a row away from it: only then it is watched. */
  isNear: boolean;
  /** Where the Tab key leads, and the keys of the wall act. */
  isActive: boolean;
}

/** One display on the wall. Renders when what is said of it changes; its pictures are drawn past React. */
export const WallTile = memo(function WallTile({ tile, column, isNear, isActive }: WallTileProps) {
  const { isLost, showsTimes } = useLive();
  const person = usePerson(tile.employee);
  const track = useTrackRef(tile.employee, tile.track);
  const isWatched = useIsWatched(person);
  useWatch(track, "wall", isNear && isWatched);
  const state = useTrackState(track);
  const surface = useSurface(track, "wall");
  const hasPicture = useShown(surface) !== undefined;
  const [isHovered, setHovered] = useState(false);
  if (!person) return null;

  const face = tileFace({ person, track: tile.track, state, hasPicture, isWatched, isLost });
  const display = tile.displays > 1 ? (state?.display ?? `Display ${tile.ordinal}`) : undefined;
  const tabIndex = isActive ? 0 : -1;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot be virtualized without losing its layout
    // biome-ignore lint/a11y/useFocusableInteractive: what is inside has the focus
    <div role="gridcell" aria-colindex={column} className={styles.cell}>
      {/* Not the cell itself: its name would be all that stands in it, and change with every second of a timer. */}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for what one fills in */}
      <div
        role="group"
        tabIndex={tabIndex}
        aria-label={label(person, isLost ? "unknown" : person.status, face, display)}
        data-tile={tile.key}
        className={styles.tile}
        onPointerEnter={() => setHovered(true)}
        onPointerLeave={() => setHovered(false)}
      >
        {face.kind === "picture" && surface && (
          <>
            <CanvasHost surface={surface} className={styles.picture} data-look={face.look} aria-hidden />
            <PictureNote look={face.look} />
            {showsTimes && (
              <span className={styles.stamp}>
                <CapturedAt surface={surface} />
              </span>
            )}
          </>
        )}
        {face.kind === "blank" && <BlankFace face={face} name={person.name} />}
        <TileFoot person={person} display={display} surface={face.kind === "picture" ? surface : undefined} />
        {/* On one tile or two: on all of them they would be most of what scrolling has to make. */}
        {track && (isHovered || isActive) && (
          <TileActions
            employee={person.employee}
            name={person.name}
            track={track}
            isWatched={isWatched}
            tabIndex={tabIndex}
          />
        )}
      </div>
    </div>
  );
});

/** Says why a picture is dimmed. */
function PictureNote({ look }: { look: "live" | "waiting" | "lost" }) {
  if (look === "live") return null;
  const Icon = look === "lost" ? Unplug : CircleDashed;
  return (
    <span className={styles.note}>
      <Icon size={16} aria-hidden />
      {look === "lost" ? "Connection lost" : "Waiting"}
    </span>
  );
}

/** The tile in one line, for who does not see it. */
function label(person: WallPerson, status: StatusLook, face: TileFace, display: string | undefined): string {
  const what =
    face.kind === "picture"
      ? { live: "live picture", waiting: "waiting, last picture", lost: "connection lost, last picture" }[face.look]
      : Object.values(blankWords(face.why, givenName(person.name), face.detail)).join(". ");
  return [person.name, display, STATUS_WORDS[status], what].filter(Boolean).join(", ");
}
