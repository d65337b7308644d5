import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { EmployeeId, WorkSegmentRow, WorkSession, WorkSessionRow } from "@/api/types";
import { request } from "@/lib/http/request";
import { sharedClock } from "@/lib/time/sharedClock";
import type { StripSegment } from "@/ui/stripPieces";
import { stripOfRows } from "../model/todayStrip";
import type { WorkDay } from "../model/workDay";
import { type WorkNow, workOfAnswer } from "../model/workNow";

/** Corrections and a new day come without a push. */
const ASKED_AGAIN_AFTER_MS = 5 * 60_000;

/** Somebody's sessions of today in the organization's zone; asked anew whenever what they do changes. */
export function workDayQuery(employee: EmployeeId, now: WorkNow) {
  return queryOptions({
    queryKey: ["work", "today", employee, now.kind, now.sinceMs],
    queryFn: async ({ signal }): Promise<WorkDay> => {
      const path = `/api/work/sessions?employee=${encodeURIComponent(employee)}`;
      const sessions = await request<WorkSessionRow[]>("GET", path, { signal });
      return { sessions, atMs: sharedClock.nowMs() };
    },
    placeholderData: keepPreviousData,
    refetchInterval: ASKED_AGAIN_AFTER_MS,
  });
}

/** A day that runs grows; its blocks are drawn anew this often, and the line of now moves by itself. */
const STRIP_ASKED_AGAIN_AFTER_MS = 60_000;

/** Somebody's segments of today that count, after corrections; asked anew whenever what they do changes. */
export function todaySegmentsQuery(employee: EmployeeId, todayStartMs: number, now: WorkNow) {
  return queryOptions({
    queryKey: ["work", "segments", "today", employee, todayStartMs, now.kind, now.sinceMs],
    queryFn: async ({ signal }): Promise<readonly StripSegment[]> => {
      const path = `/api/work/segments?employee=${encodeURIComponent(employee)}`;
      return stripOfRows(await request<WorkSegmentRow[]>("GET", path, { signal }));
    },
    placeholderData: keepPreviousData,
    refetchInterval: now.kind === "out" ? ASKED_AGAIN_AFTER_MS : STRIP_ASKED_AGAIN_AFTER_MS,
  });
}

const PATHS = {
  punch_in: "/api/work/start",
  punch_out: "/api/work/stop",
  begin_break: "/api/work/break/start",
  end_break: "/api/work/break/stop",
} as const;

export type Punch = keyof typeof PATHS;

/** Punches for the person who is signed in; gives what they do now. */
export async function sendPunch(punch: Punch): Promise<WorkNow> {
  return workOfAnswer(await request<WorkSession>("POST", PATHS[punch]));
}
