import { useState } from "react";
import { Button } from "@/ui/Button";
import { Notice } from "@/ui/Notice";
import { useNotice } from "../hooks/useNotice";
import styles from "./NoticeBanner.module.css";
import { PublishNoticeDialog } from "./PublishNoticeDialog";

/** For administrators, as long as nobody was told what is recorded. */
export function PublishReminder({ organization }: { organization: string }) {
  const state = useNotice();
  const [isWriting, setWriting] = useState(false);
  if (!state || state.notice) return null;
  return (
    <div className={styles.banner}>
      <Notice action={<Button onClick={() => setWriting(true)}>Write a notice</Button>}>
        {`Nobody at ${organization} has been told yet what is recorded. Publish a notice for everyone to acknowledge.`}
      </Notice>
      {isWriting && <PublishNoticeDialog organization={organization} onClose={() => setWriting(false)} />}
    </div>
  );
}
