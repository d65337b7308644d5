import { useState } from "react";
import type { TeamId } from "@/api/types";
import { shotsExportPath } from "@/features/screenshots/api/screenshots";
import { ExportButtons } from "@/ui/ExportButtons";
import { Notice } from "@/ui/Notice";
import styles from "./ActivityPage.module.css";

/** Today's screenshots of everyone, or of a team, as a file. */
export function ActivityExports({ team, today }: { team: TeamId | undefined; today: string }) {
  const [error, setError] = useState<Error>();
  return (
    <>
      <div className={styles.exports}>
        <ExportButtons
          name="screenshots of today"
          path={(format) => shotsExportPath({ team, from: today, to: today }, format)}
          onError={setError}
        />
      </div>
      {error && (
        <div className={styles.error}>
          <Notice tone="error">{error.message}</Notice>
        </div>
      )}
    </>
  );
}
