import { useMemo } from "react";
import type { PresenceEntry } from "@/api/types";
import { LostNotice } from "@/features/presence/components/LostNotice";
import { MyStatus } from "@/features/presence/components/MyStatus";
import { usePresence, usePresenceEntry } from "@/features/presence/hooks/presenceContext";
import { WorkCard } from "@/features/work/components/WorkCard";
import { workOfPresence } from "@/features/work/model/workNow";
import { useDocumentTitle } from "@/lib/dom/useDocumentTitle";
import { PageHeader } from "@/ui/PageHeader";
import { useMe } from "../useMe";
import styles from "./MyDayPage.module.css";

/** `/my-day`: the person's own working time, and what the organization sees of them. */
export function MyDayPage() {
  useDocumentTitle("My day");
  const entry = usePresenceEntry(useMe().employeeId);
  return (
    <>
      <PageHeader title="My day" lead="Your working time, and what your organization sees of you." />
      <div className={styles.day}>
        <LostNotice />
        <div className={styles.cards}>{entry ? <Cards entry={entry} /> : <Skeletons />}</div>
      </div>
    </>
  );
}

function Cards({ entry }: { entry: PresenceEntry }) {
  const { lostAtMs, timeZone } = usePresence();
  const work = useMemo(() => workOfPresence(entry), [entry]);
  return (
    <>
      <WorkCard employee={entry.employee} pushed={work} isLost={lostAtMs !== undefined} timeZone={timeZone} />
      <MyStatus entry={entry} />
    </>
  );
}

function Skeletons() {
  return (
    <>
      <div className={styles.skeleton} aria-hidden="true" />
      <div className={styles.skeleton} aria-hidden="true" />
    </>
  );
}
