import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import type { PresenceEntry } from "@/api/types";
import { AlertStrip } from "@/features/alerts/components/AlertStrip";
import { LostNotice } from "@/features/presence/components/LostNotice";
import { MyStatus } from "@/features/presence/components/MyStatus";
import { usePresence, usePresenceEntry } from "@/features/presence/hooks/presenceContext";
import { ShotStrip } from "@/features/screenshots/components/ShotStrip";
import { useLatestShots } from "@/features/screenshots/hooks/useLatestShots";
import type { Shot } from "@/features/screenshots/model/shots";
import { LatestViewings } from "@/features/viewings/components/LatestViewings";
import { WatcherCard } from "@/features/viewings/components/WatcherCard";
import { TodayStrip } from "@/features/work/components/TodayStrip";
import { WorkCard } from "@/features/work/components/WorkCard";
import { workOfPresence } from "@/features/work/model/workNow";
import { useDocumentTitle } from "@/lib/dom/useDocumentTitle";
import { PageHeader } from "@/ui/PageHeader";
import { useMe } from "../useMe";
import styles from "./MyDayPage.module.css";

/** `/my-day`: the person's own working time, and what the organization sees of them. */
export function MyDayPage() {
  useDocumentTitle("My day");
  const { employeeId, role } = useMe();
  const { timeZone } = usePresence();
  const entry = usePresenceEntry(employeeId);
  const shots = useLatestShots(employeeId);
  const ownViewings = role === "employee" ? {} : { employee: employeeId };
  return (
    <>
      <PageHeader title="My day" lead="Your working time, and what your organization sees of you." />
      <div className={styles.day}>
        <LostNotice />
        <AlertStrip reader="oneself" employee={employeeId} more={<Link to="/alerts">All alerts</Link>} />
        <div className={styles.columns}>
          <div className={styles.column}>{entry ? <OwnWork entry={entry} /> : <Skeleton />}</div>
          <div className={styles.column}>
            <WatcherCard timeZone={timeZone} />
            {entry ? <MyStatus entry={entry} /> : <Skeleton />}
          </div>
        </div>
        {entry && <OwnStrip entry={entry} shots={shots} />}
        <ShotStrip
          title="Your latest screenshots"
          shots={shots}
          none="No picture was taken of your screen yet."
          timeZone={timeZone}
        />
        <LatestViewings
          self={employeeId}
          timeZone={timeZone}
          more={
            <Link to="/viewings" search={ownViewings}>
              All viewings
            </Link>
          }
        />
      </div>
    </>
  );
}

function OwnWork({ entry }: { entry: PresenceEntry }) {
  const { lostAtMs, timeZone } = usePresence();
  const work = useMemo(() => workOfPresence(entry), [entry]);
  return <WorkCard employee={entry.employee} pushed={work} isLost={lostAtMs !== undefined} timeZone={timeZone} />;
}

function OwnStrip({ entry, shots }: { entry: PresenceEntry; shots: readonly Shot[] | undefined }) {
  const { timeZone } = usePresence();
  const now = useMemo(() => workOfPresence(entry), [entry]);
  const marks = useMemo(() => shots?.map(({ atMs }) => atMs), [shots]);
  return (
    <TodayStrip
      employee={entry.employee}
      now={now}
      marks={marks}
      timeZone={timeZone}
      more={<Link to="/hours">All your hours</Link>}
    />
  );
}

function Skeleton() {
  return <div className={styles.skeleton} aria-hidden="true" />;
}
