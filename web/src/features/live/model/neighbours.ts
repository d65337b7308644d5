import type { TrackRef } from "@/api/types";
import { type Tile, trackOf } from "./wallLayout";

/** The first display of the person before or after the one shown, around the ends; `undefined` if there is nobody else. */
export function neighbour(tiles: readonly Tile[], employee: string, step: 1 | -1): TrackRef | undefined {
  const firsts = tiles.filter(({ track, ordinal }) => track !== undefined && ordinal === 1);
  const at = firsts.findIndex((tile) => tile.employee === employee);
  const from = at === -1 && step === -1 ? 0 : at;
  const next = firsts.at((from + step) % firsts.length);
  return next === undefined || next.employee === employee ? undefined : trackOf(next);
}
