import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type { EmployeeId } from "@/api/types";
import { Card, CardLead, CardNote, CardTimer } from "@/ui/Card";
import { Instant } from "@/ui/Instant";
import { Notice } from "@/ui/Notice";
import { RunningTime } from "@/ui/RunningTime";
import { sendPunch, workDayQuery } from "../api/work";
import type { WorkKind, WorkNow } from "../model/workNow";
import { DayFigures } from "./DayFigures";
import { PunchButtons } from "./PunchButtons";
import { SessionTable } from "./SessionTable";

const WORDS: Readonly<Record<WorkKind, string>> = {
  out: "Not punched in",
  active: "Working",
  idle: "Working, idle now",
  break: "On a break",
  meeting: "In a meeting",
};

interface WorkCardProps {
  /** The person who is signed in: nobody punches for somebody else. */
  employee: EmployeeId;
  /** What they do as the hub pushes it. */
  pushed: WorkNow;
  /** Nothing is heard from the hub: whether the session still runs is not known, and no clock runs on. */
  isLost: boolean;
  timeZone: string;
}

/** One's own working time: what runs, the buttons that change it, and what the day comes to. */
export function WorkCard({ employee, pushed, isLost, timeZone }: WorkCardProps) {
  const punching = useMutation({ mutationFn: sendPunch });
  const { reset } = punching;
  // An answer comes a moment before the push that says the same. From then on the push is right.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when what is pushed changes
  useEffect(() => reset(), [reset, pushed.kind, pushed.sinceMs]);
  const now = punching.data ?? pushed;
  const day = useQuery(workDayQuery(employee, now)).data;
  return (
    <Card title="Working time">
      <CardLead announce="politely">{isLost ? "Unknown" : WORDS[now.kind]}</CardLead>
      <CardTimer isStill={now.sinceMs === undefined || isLost}>
        {isLost ? "–" : now.sinceMs === undefined ? "0:00" : <RunningTime sinceMs={now.sinceMs} />}
      </CardTimer>
      <CardNote>
        {now.sinceMs === undefined ? (
          "Punch in when you begin."
        ) : (
          <>
            Since you punched in at <Instant atMs={now.sinceMs} timeZone={timeZone} />. It counts while this page is
            open or your agent runs.
          </>
        )}
      </CardNote>
      {punching.error && <Notice tone="error">{punching.error.message}</Notice>}
      <PunchButtons kind={now.kind} isBusy={punching.isPending} onPunch={(punch) => punching.mutate(punch)} />
      <DayFigures day={day} kind={isLost ? "out" : now.kind} />
      {day && day.sessions.length > 0 && <SessionTable sessions={day.sessions} timeZone={timeZone} />}
    </Card>
  );
}
