import type { PresenceEntry } from "@/api/types";
import { Card, CardLead, CardNote, CardTimer } from "@/ui/Card";
import { Fact, FactList } from "@/ui/FactList";
import { Instant } from "@/ui/Instant";
import { RunningTime } from "@/ui/RunningTime";
import { STATUS_WORDS } from "@/ui/StatusBadge";
import { StatusShape } from "@/ui/StatusShape";
import { TimeAgo } from "@/ui/TimeAgo";
import { usePresence } from "../hooks/presenceContext";
import { offlineReason, shownStatus } from "../model/shownStatus";

/** What an employee's managers see of them, said to the person. */
export function MyStatus({ entry }: { entry: PresenceEntry }) {
  const { lostAtMs, timeZone } = usePresence();
  const status = lostAtMs === undefined ? shownStatus(entry) : "unknown";
  const isLostOrAway = status === "unknown" || status === "offline";
  return (
    <Card title="Your status">
      <CardLead>
        <StatusShape status={status} size={20} />
        {STATUS_WORDS[status]}
      </CardLead>
      <CardTimer>{status === "unknown" ? "–" : <RunningTime sinceMs={entry.since} />}</CardTimer>
      <CardNote>
        Since <Instant atMs={entry.since} timeZone={timeZone} />. The managers of your team and the administrators see
        this.
      </CardNote>
      {isLostOrAway && (
        <FactList>
          {entry.last_seen != null && (
            <Fact term="Last seen">
              <TimeAgo atMs={entry.last_seen} timeZone={timeZone} />
            </Fact>
          )}
          {entry.status === "offline" && <Fact term="Why offline">{offlineReason(entry.reason)}</Fact>}
        </FactList>
      )}
    </Card>
  );
}
