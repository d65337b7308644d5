import { useQuery } from "@tanstack/react-query";
import { FileText } from "lucide-react";
import { useState } from "react";
import type { NoticeText } from "@/api/types";
import { formatExact } from "@/lib/time/format";
import { Button } from "@/ui/Button";
import { Card, CardLead, CardNote } from "@/ui/Card";
import { EmptyState } from "@/ui/EmptyState";
import { Gauge } from "@/ui/Gauge";
import { Notice } from "@/ui/Notice";
import { acknowledgementsQuery } from "../api/acknowledgements";
import { noticeQuery } from "../api/notice";
import type { NoticeSearch } from "../model/noticeSearch";
import { Acknowledgements } from "./Acknowledgements";
import { NoticeEditor } from "./NoticeEditor";
import styles from "./NoticeSettings.module.css";
import { NoticeVersions } from "./NoticeVersions";

interface NoticeSettingsProps {
  organization: string;
  timeZone: string;
  search: NoticeSearch;
  onSearch: (change: NoticeSearch) => void;
}

/** The notice: what is in force, who has acknowledged it, and the next version. */
export function NoticeSettings({ organization, timeZone, search, onSearch }: NoticeSettingsProps) {
  const state = useQuery(noticeQuery);
  const [isWriting, setWriting] = useState(false);
  if (state.error && !state.data) {
    return (
      <Notice tone="error" action={<Button onClick={() => void state.refetch()}>Try again</Button>}>
        {state.error.message}
      </Notice>
    );
  }
  if (!state.data) return <div className={styles.skeleton} aria-hidden="true" />;
  const notice = state.data.notice ?? undefined;
  const write = (word: string) => (
    <Button look="primary" onClick={() => setWriting(true)}>
      {word}
    </Button>
  );
  return (
    <div className={styles.page}>
      {isWriting && <NoticeEditor inForce={notice} organization={organization} onDone={() => setWriting(false)} />}
      {!isWriting && !notice && (
        <EmptyState
          icon={<FileText size={20} aria-hidden />}
          title="No notice is published"
          action={write("Write a notice")}
        >
          Tell everyone what is recorded of them. From then on nothing is captured of anybody who has not acknowledged
          it.
        </EmptyState>
      )}
      {!isWriting && notice && (
        <Card title="In force">
          <InForce notice={notice} timeZone={timeZone} />
          <div className={styles.buttons}>{write("Write the next version")}</div>
        </Card>
      )}
      {notice && notice.version > 1 && <NoticeVersions current={notice.version} timeZone={timeZone} />}
      {notice && <Acknowledgements current={notice.version} timeZone={timeZone} search={search} onSearch={onSearch} />}
    </div>
  );
}

function InForce({ notice, timeZone }: { notice: NoticeText; timeZone: string }) {
  const states = useQuery(acknowledgementsQuery(notice.version)).data;
  const given = states?.filter(({ acknowledgedAt }) => acknowledgedAt != null).length;
  return (
    <>
      <CardLead>{`Version ${notice.version}`}</CardLead>
      <CardNote>{`Published ${formatExact(notice.publishedAt, timeZone)}.`}</CardNote>
      {states && given !== undefined && (
        <div className={styles.gauge}>
          <Gauge word="Acknowledged" value={given} max={states.length} aim="full" />
        </div>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text scrolls, and without it the keyboard could not */}
      <section className={styles.text} aria-label="Text in force" tabIndex={0}>
        {notice.text}
      </section>
    </>
  );
}
