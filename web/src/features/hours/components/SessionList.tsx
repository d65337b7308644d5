import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { EmployeeId, WorkSessionRow } from "@/api/types";
import { daySpan } from "@/lib/time/calendar";
import { Button } from "@/ui/Button";
import { Moment } from "@/ui/Moment";
import { RunningTime } from "@/ui/RunningTime";
import { WorkLength } from "@/ui/WorkLength";
import { sessionsQuery } from "../api/hours";
import { useHoursFacts } from "../hooks/hoursContext";
import { toMs } from "../model/hoursRow";
import { Part, PartNote } from "./Part";
import rowStyles from "./Rows.module.css";

/** A day has a few, a year has hundreds. */
const SHOWN_FIRST = 25;

/** Somebody's sessions as they were recorded, the latest first. */
export function SessionList({ employee }: { employee: EmployeeId }) {
  const { period, isCurrent } = useHoursFacts();
  const { data, error } = useQuery(sessionsQuery({ period, isCurrent }, employee));
  const [isWhole, setWhole] = useState(false);
  const sessions = data?.toReversed();
  const shown = isWhole ? sessions : sessions?.slice(0, SHOWN_FIRST);
  const hidden = (sessions?.length ?? 0) - (shown?.length ?? 0);
  return (
    <Part title="Sessions, as recorded">
      {error && !data && <PartNote>{error.message}</PartNote>}
      {!data && !error && <PartNote>…</PartNote>}
      {shown?.length === 0 && <PartNote>None: not punched in.</PartNote>}
      {shown && shown.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        <section className={rowStyles.scroll} tabIndex={0} aria-label="Table of sessions">
          <table className={rowStyles.rows}>
            <thead>
              <tr>
                <th scope="col">Start</th>
                <th scope="col">End</th>
                <th scope="col" className={rowStyles.length}>
                  Active
                </th>
                <th scope="col" className={rowStyles.length}>
                  Idle
                </th>
                <th scope="col" className={rowStyles.length}>
                  Break
                </th>
                <th scope="col" className={rowStyles.length}>
                  Net
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((session) => (
                <Session key={session.id} session={session} />
              ))}
            </tbody>
          </table>
        </section>
      )}
      {hidden > 0 && <Button look="bare" onClick={() => setWhole(true)}>{`Show ${hidden} more`}</Button>}
    </Part>
  );
}

function Session({ session }: { session: WorkSessionRow }) {
  const { timeZone, period } = useHoursFacts();
  const { start, end, activeSeconds, idleSeconds, breakSeconds, netSeconds } = session;
  // Of one day it need not be said which; of another one, or of several days, it must.
  const besideMs = period.from === period.to ? daySpan(period.from, timeZone).fromMs : undefined;
  return (
    <tr>
      <td>
        <Moment atMs={start} timeZone={timeZone} besideMs={besideMs} />
      </td>
      <td className={end === null ? rowStyles.running : undefined}>
        {end === null ? (
          <>
            Running for <RunningTime sinceMs={start} />
          </>
        ) : (
          <Moment atMs={end} timeZone={timeZone} besideMs={besideMs ?? start} />
        )}
      </td>
      {[activeSeconds, idleSeconds, breakSeconds, netSeconds].map((seconds, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name, and never move
        <td key={column} className={rowStyles.length}>
          <WorkLength ms={toMs(seconds)} />
        </td>
      ))}
    </tr>
  );
}
