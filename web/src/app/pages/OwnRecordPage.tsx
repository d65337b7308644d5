import { Link } from "@tanstack/react-router";
import type { AuditRecord } from "@/api/types";
import { actionWord, detailLine } from "@/features/audit/model/auditWords";
import { NoticeCard } from "@/features/notice/components/NoticeCard";
import { OwnCorrections } from "@/features/record/components/OwnCorrections";
import { OwnDevices } from "@/features/record/components/OwnDevices";
import { OwnEntries } from "@/features/record/components/OwnEntries";
import { OwnExport } from "@/features/record/components/OwnExport";
import { OwnPolicy } from "@/features/record/components/OwnPolicy";
import { OwnReceipts } from "@/features/record/components/OwnReceipts";
import { useRecordEvents } from "@/features/record/hooks/useRecordEvents";
import { useDocumentTitle } from "@/lib/dom/useDocumentTitle";
import { PageHeader } from "@/ui/PageHeader";
import { PrintLine } from "@/ui/PrintLine";
import { useMe } from "../useMe";
import styles from "./MyDayPage.module.css";

/** `/my-data`: what is recorded of the person, what holds for them, and the way to take it all along. */
export function OwnRecordPage() {
  useDocumentTitle("My data");
  const { employeeId, role, organization } = useMe();
  const { timeZone } = organization;
  useRecordEvents(employeeId);
  return (
    <>
      <PageHeader
        title="My data"
        lead="What is recorded of you, what holds for you, and how to take it with you. Whatever a manager sees of you, you see too."
      />
      <PrintLine timeZone={timeZone} />
      <div className={styles.day}>
        <div className={styles.columns}>
          <OwnExport
            employee={employeeId}
            more={
              <>
                <Link to="/hours">Your hours</Link>
                <Link to="/screenshots">Your screenshots</Link>
                <Link to="/viewings" search={role === "employee" ? {} : { employee: employeeId }}>
                  Who viewed you
                </Link>
              </>
            }
          />
          <NoticeCard timeZone={timeZone} />
        </div>
        <OwnPolicy employee={employeeId} timeZone={timeZone} />
        <OwnDevices employee={employeeId} timeZone={timeZone} />
        <OwnCorrections employee={employeeId} timeZone={timeZone} />
        <OwnReceipts employee={employeeId} timeZone={timeZone} />
        <OwnEntries employee={employeeId} wordsOf={entryWords} timeZone={timeZone} />
      </div>
    </>
  );
}

function entryWords(entry: AuditRecord, timeZone: string): string {
  const details = detailLine(entry, timeZone);
  return details === "" ? actionWord(entry.action) : `${actionWord(entry.action)}: ${details}`;
}
