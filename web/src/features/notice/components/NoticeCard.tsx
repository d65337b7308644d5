import { useState } from "react";
import { formatDay } from "@/lib/time/format";
import { Button } from "@/ui/Button";
import { Card, CardLead, CardNote } from "@/ui/Card";
import { useNotice } from "../hooks/useNotice";
import styles from "./NoticeCard.module.css";
import { NoticeDialog } from "./NoticeDialog";

/** What the person was told about what is recorded, whether they have acknowledged it, and the text to read again. */
export function NoticeCard({ timeZone }: { timeZone: string }) {
  const state = useNotice();
  const [isReading, setReading] = useState(false);
  const notice = state?.notice;
  return (
    <Card title="What you were told">
      <CardLead>{leadOf(state)}</CardLead>
      <CardNote>
        {notice ? (
          <>
            Version {notice.version}, published {formatDay(notice.publishedAt, timeZone)}.{" "}
            {state.acknowledged
              ? "You have acknowledged it."
              : "You have not acknowledged it, so no picture is taken of you."}
          </>
        ) : (
          state && "Your organization has not published yet what it records. You will see it above every page."
        )}
      </CardNote>
      {notice && (
        <div className={styles.ways}>
          <Button onClick={() => setReading(true)}>Read the notice</Button>
        </div>
      )}
      {notice && isReading && (
        <NoticeDialog notice={notice} isAcknowledged={state.acknowledged} onClose={() => setReading(false)} />
      )}
    </Card>
  );
}

function leadOf(state: ReturnType<typeof useNotice>): string {
  if (!state) return "…";
  if (!state.notice) return "There is no notice yet";
  return state.acknowledged ? "You know what is recorded" : "There is a notice to read";
}
