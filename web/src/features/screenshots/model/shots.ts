import type { EmployeeId, MessageOf, PortalDown, ScreenshotId, Upload } from "@/api/types";

/** A screenshot as lists show it: whose, when, and where its pictures are. */
export interface Shot {
  id: ScreenshotId;
  employee: EmployeeId;
  /** When it was taken. */
  atMs: number;
  file: string;
  thumb: string;
  /** It looks like the one before. */
  isNearIdentical: boolean;
  /** In pixels; unknown of one that was pushed. */
  size: { width: number; height: number } | undefined;
}

/** How many a page holds on to. */
export const SHOTS_MAX = 60;

export function shotOfUpload({ id, employeeId, ts, file, thumb, nearIdentical, width, height }: Upload): Shot {
  return { id, employee: employeeId, atMs: ts, file, thumb, isNearIdentical: nearIdentical, size: { width, height } };
}

export type ShotStored = Extract<MessageOf<PortalDown, "event">, { kind: "screenshot_stored" }>;

export function shotOfEvent(stored: ShotStored): Shot {
  const { id, employee, at } = stored;
  const file = `/api/uploads/${encodeURIComponent(id)}`;
  const isNearIdentical = "near_identical" in stored && stored.near_identical === true;
  return { id, employee, atMs: at, file, thumb: `${file}/thumb`, isNearIdentical, size: undefined };
}

/** The latest of both, each once, the newest first; the same list if `arrived` brings nothing. */
export function withArrived(
  shots: readonly Shot[],
  arrived: readonly Shot[],
  countMax: number = SHOTS_MAX,
): readonly Shot[] {
  const known = new Set(shots.map(({ id }) => id));
  const fresh = new Map(arrived.filter(({ id }) => !known.has(id)).map((shot) => [shot.id, shot]));
  if (fresh.size === 0) return shots;
  return [...fresh.values(), ...shots].sort((a, b) => b.atMs - a.atMs).slice(0, countMax);
}

/** The list without one that was deleted; the same list if it was not in it. */
export function withoutDeleted(shots: readonly Shot[], id: ScreenshotId): readonly Shot[] {
  return shots.some((shot) => shot.id === id) ? shots.filter((shot) => shot.id !== id) : shots;
}
