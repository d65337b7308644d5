import type { EmployeeId, TeamId, UtcMillis } from "@/api/types";
import type { StatusLook } from "@/ui/StatusShape";

/** A status as the wall filters by it: never `unknown`, which is what the connection is and not a person. */
export type WallStatus = Exclude<StatusLook, "unknown">;

/** In the order in which they are offered. */
export const WALL_STATUSES = ["active", "idle", "meeting", "class", "break", "offline"] as const satisfies WallStatus[];

/** What the wall has to know of somebody. */
export interface WallPerson {
  employee: EmployeeId;
  name: string;
  /** The name as it is searched and sorted by. */
  nameKey: string;
  team: TeamId | undefined;
  status: WallStatus;
  sinceMs: UtcMillis;
  /** The displays that can be watched now. */
  tracks: readonly number[];
  /** Why they are offline, in words. */
  absence: string;
}

/** Everybody whom the person may see. The page hands it in: who is where is not the wall's to know. */
export interface WallPeople {
  /** Whether anybody is known yet. */
  isLoaded(): boolean;
  all(): Iterable<WallPerson>;
  person(employee: EmployeeId): WallPerson | undefined;
  /** Hears of changes of one person. */
  onPerson(employee: EmployeeId, listener: () => void): () => void;
  /** Changes when somebody comes, goes or may have moved. */
  shape(): number;
  onShape(listener: () => void): () => void;
  /** A text as it is compared with `nameKey`. */
  keyOf(text: string): string;
}

/** The name that one is called by: `Priya` of `Priya Sharma`. */
export function givenName(name: string): string {
  return name.trim().split(/\s+/)[0] || name;
}
