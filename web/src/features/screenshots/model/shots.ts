import type { EmployeeId, MessageOf, PortalDown, ScreenshotId, Upload } from "@/api/types";

/** A screenshot as lists show it: whose, when, and where its pictures are. */
export interface Shot {
  id: ScreenshotId;
  employee: EmployeeId;
  /** When it was taken. */
  atMs: number;
  file: string;
  thumb: string;
}

/** How many a page holds on to. */
export const SHOTS_MAX = 60;

export function shotOfUpload({ id, employeeId, ts, file, thumb }: Upload): Shot {
  return { id, employee: employeeId, atMs: ts, file, thumb };
}

type Stored = Extract<MessageOf<PortalDown, "event">, { kind: "screenshot_stored" }>;

export function shotOfEvent({ id, employee, at }: Stored): Shot {
  const file = `/api/uploads/${encodeURIComponent(id)}`;
  return { id, employee, atMs: at, file, thumb: `${file}/thumb` };
}

/** The latest of both, each once, the newest first; the same list if `arrived` brings nothing. */
export function withArrived(shots: readonly Shot[], arrived: readonly Shot[]): readonly Shot[] {
  const known = new Set(shots.map(({ id }) => id));
  const fresh = new Map(arrived.filter(({ id }) => !known.has(id)).map((shot) => [shot.id, shot]));
  if (fresh.size === 0) return shots;
  return [...fresh.values(), ...shots].sort((a, b) => b.atMs - a.atMs).slice(0, SHOTS_MAX);
}
