import { useQuery } from "@tanstack/react-query";
import type { EmployeeId } from "@/api/types";
import { formatMoment } from "@/lib/time/format";
import { useDayStart } from "@/lib/time/useDayStart";
import { Card, CardNote } from "@/ui/Card";
import { Instant } from "@/ui/Instant";
import { Moment } from "@/ui/Moment";
import { PlainTable } from "@/ui/PlainTable";
import { ownCorrectionsQuery } from "../api/record";
import { countsAs } from "../model/countsAs";
import { LoadFailure } from "./LoadFailure";

interface OwnCorrectionsProps {
  employee: EmployeeId;
  timeZone: string;
}

/** What others changed about the person's hours: when, by whom and why. What was recorded stays beside it. */
export function OwnCorrections({ employee, timeZone }: OwnCorrectionsProps) {
  const query = useQuery(ownCorrectionsQuery(employee, useDayStart(timeZone)));
  const corrections = query.data;
  return (
    <Card title="Corrections of your hours, of the last year">
      {query.error && !corrections && <LoadFailure error={query.error} onRetry={query.refetch} />}
      {corrections && corrections.length > 0 && (
        <PlainTable caption="Corrections of your hours" heads={["Time", "Counts as", "Why", "By", "On"]}>
          {corrections.map(({ id, from, to, kind, reason, author, authorName, at }) => (
            <tr key={id}>
              <th scope="row">
                <Moment atMs={from} timeZone={timeZone} /> to {formatMoment(to, from, timeZone)}
              </th>
              <td>{countsAs(kind)}</td>
              <td>{reason}</td>
              <td>{authorName ?? author}</td>
              <td>
                <Instant atMs={at} timeZone={timeZone} />
              </td>
            </tr>
          ))}
        </PlainTable>
      )}
      {corrections?.length === 0 && (
        <CardNote>Nobody has changed anything. Your hours are as they were recorded.</CardNote>
      )}
      {!corrections && !query.error && <CardNote>…</CardNote>}
    </Card>
  );
}
