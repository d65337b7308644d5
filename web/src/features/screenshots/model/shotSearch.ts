import type { EmployeeId, ScreenshotId, TeamId } from "@/api/types";
import { isDate } from "@/lib/time/calendar";

export const SHOT_VIEWS = ["hours", "grid"] as const;
export type ShotView = (typeof SHOT_VIEWS)[number];

/** The page's address: `?employee=INT2607&date=2026-11-20&view=grid&same=hidden&open=…`. */
export interface ShotSearch {
  employee?: EmployeeId;
  team?: TeamId;
  /** A day of the organization's zone. Default: today. */
  date?: string;
  /** Default: by hour for one person, a grid for several. */
  view?: ShotView;
  /** Leaves out what looks like the one before. */
  same?: "hidden";
  /** The one that is shown large. */
  open?: ScreenshotId;
}

/** Reads what may be anything, drops what makes no sense. */
export function parseShotSearch(search: Record<string, unknown>): ShotSearch {
  const { employee, team, date, view, same, open } = search;
  return {
    // The router reads `?employee=2607` as a number.
    employee: employee == null ? undefined : (/^[\w.-]{1,64}$/.exec(String(employee))?.[0] ?? undefined),
    team: typeof team === "string" && team !== "" ? team : undefined,
    date: isDate(date) ? date : undefined,
    view: SHOT_VIEWS.find((one) => one === view),
    same: same === "hidden" ? "hidden" : undefined,
    open: typeof open === "string" && /^[\da-f-]{36}$/.test(open) ? open : undefined,
  };
}

/** How the pictures are laid out. */
export function viewOf({ view, employee }: ShotSearch): ShotView {
  return view ?? (employee === undefined ? "grid" : "hours");
}
