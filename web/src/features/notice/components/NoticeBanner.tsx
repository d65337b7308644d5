import { useState } from "react";
import { Button } from "@/ui/Button";
import { Notice } from "@/ui/Notice";
import { useNotice } from "../hooks/useNotice";
import styles from "./NoticeBanner.module.css";
import { NoticeDialog } from "./NoticeDialog";

/** Above every page, until the person has acknowledged what is recorded of them. */
export function NoticeBanner() {
  const state = useNotice();
  const [isReading, setReading] = useState(false);
  if (!state?.notice || state.acknowledged) return null;
  const read = (
    <Button look="primary" onClick={() => setReading(true)}>
      Read it
    </Button>
  );
  return (
    <div className={styles.banner}>
      <Notice action={read}>
        {state.acknowledgedVersion == null
          ? "Your organization says what it records of your work. No picture is taken until you have acknowledged it."
          : "What your organization records of your work has changed. No picture is taken until you have acknowledged it."}
      </Notice>
      {isReading && <NoticeDialog notice={state.notice} onClose={() => setReading(false)} />}
    </div>
  );
}
