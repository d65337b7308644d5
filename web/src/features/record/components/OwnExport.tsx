import { useMutation } from "@tanstack/react-query";
import { Download } from "lucide-react";
import type { ReactNode } from "react";
import type { EmployeeId } from "@/api/types";
import { saveFile } from "@/lib/dom/saveFile";
import { Button } from "@/ui/Button";
import { Card, CardLead, CardNote } from "@/ui/Card";
import { Notice } from "@/ui/Notice";
import { showToast } from "@/ui/toastStore";
import { fetchOwnRecord } from "../api/record";
import styles from "./OwnExport.module.css";

interface OwnExportProps {
  employee: EmployeeId;
  /** Ways to the parts of it that are looked at and not downloaded. */
  more: ReactNode;
}

/** Everything that is recorded of the person, as one file that they keep. */
export function OwnExport({ employee, more }: OwnExportProps) {
  const saving = useMutation({
    mutationFn: () => fetchOwnRecord(employee),
    onSuccess: ({ name, content }) => {
      saveFile(name, content);
      showToast(`${name} is saved.`);
    },
  });
  return (
    <Card title="Take it with you">
      <CardLead>Everything that is recorded of you, in one file</CardLead>
      <CardNote>
        Status, hours, corrections, screenshots, who viewed you, devices, what your agent noted, what you acknowledged,
        what was deleted, and who changed what about you. Whole, as JSON; the pictures are named in it with their
        addresses.
      </CardNote>
      {saving.error && <Notice tone="error">{saving.error.message}</Notice>}
      <div className={styles.ways}>
        <Button look="primary" aria-disabled={saving.isPending} onClick={() => !saving.isPending && saving.mutate()}>
          <Download size={16} aria-hidden />
          {saving.isPending ? "Making it…" : "Download everything"}
        </Button>
        <span className={styles.links}>{more}</span>
      </div>
    </Card>
  );
}
