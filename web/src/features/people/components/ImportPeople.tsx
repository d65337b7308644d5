import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import type { ImportResult } from "@/api/types";
import { saveFile } from "@/lib/dom/saveFile";
import { ApiError } from "@/lib/http/apiError";
import { Button } from "@/ui/Button";
import { Card } from "@/ui/Card";
import { TextAreaField } from "@/ui/Field";
import { Notice } from "@/ui/Notice";
import { refreshPeople } from "../api/employees";
import { importPeople } from "../api/imports";
import { IMPORT_BYTES_MAX, IMPORT_EXAMPLE, IMPORT_ROWS_MAX } from "../model/importExample";
import { FileDrop } from "./FileDrop";
import styles from "./ImportPeople.module.css";
import { ImportTable } from "./ImportTable";

/** Many people from a CSV file: chosen, checked line by line without writing anything, then created together. */
export function ImportPeople({ toPeople }: { toPeople: ReactNode }) {
  const queryClient = useQueryClient();
  const [csv, setCsv] = useState("");
  const [fileError, setFileError] = useState<string>();
  const checking = useMutation({ mutationFn: (text: string) => importPeople(text, true) });
  const creating = useMutation({
    mutationFn: (text: string) => importPeople(text, false),
    onSuccess: () => refreshPeople(queryClient),
  });
  const checked = checking.data;
  const creatable = checked ? checked.rows.filter(({ action }) => action === "create").length : 0;
  const isReady = checked !== undefined && checked.problems === 0 && creatable > 0;

  function write(text: string): void {
    setCsv(text);
    setFileError(undefined);
    checking.reset();
    creating.reset();
  }

  async function read(file: File | undefined): Promise<void> {
    if (!file) return;
    if (file.size > IMPORT_BYTES_MAX) {
      setFileError(`${file.name} is larger than ${IMPORT_BYTES_MAX / 1024} KiB. Split it into several files.`);
      return;
    }
    const text = await file.text();
    write(text);
    checking.mutate(text);
  }

  if (creating.data && creating.data.problems === 0) return <Done result={creating.data} toPeople={toPeople} />;
  const refused = creating.data ?? checked;
  return (
    <div className={styles.steps}>
      <Card title="1. The file">
        <div className={styles.step}>
          <FileDrop onFile={(file) => void read(file)} />
          <TextAreaField
            label="Or paste the lines"
            rows={6}
            value={csv}
            spellCheck={false}
            onChange={(event) => write(event.target.value)}
            hint={`The first line names the columns: name and email, and if you like code, team and role, in any order. At most ${IMPORT_ROWS_MAX.toLocaleString("en-GB")} people.`}
          />
          {fileError && <Notice tone="error">{fileError}</Notice>}
          {checking.error && <Notice tone="error">{explain(checking.error)}</Notice>}
          <div className={styles.buttons}>
            <Button onClick={() => saveFile("people.csv", new Blob([IMPORT_EXAMPLE], { type: "text/csv" }))}>
              Get an example
            </Button>
            <Button
              look={isReady ? "quiet" : "primary"}
              disabled={csv.trim() === "" || checking.isPending}
              onClick={() => checking.mutate(csv)}
            >
              {checking.isPending ? "Checking…" : "Check"}
            </Button>
          </div>
        </div>
      </Card>
      {refused && (
        <Card title="2. What it would do">
          <div className={styles.step}>
            <p role="status">{summary(refused, creatable)}</p>
            {creating.error && <Notice tone="error">{explain(creating.error)}</Notice>}
            <div className={styles.buttons}>
              <Button look="primary" disabled={!isReady || creating.isPending} onClick={() => creating.mutate(csv)}>
                {creating.isPending ? "Creating…" : createWord(creatable)}
              </Button>
            </div>
          </div>
        </Card>
      )}
      {refused && refused.rows.length > 0 && <ImportTable rows={refused.rows} />}
    </div>
  );
}

function Done({ result, toPeople }: { result: ImportResult; toPeople: ReactNode }) {
  return (
    <Card title="Done">
      <div className={styles.step}>
        <p role="status">
          {`${people(result.created)} created. Nobody can sign in yet: send each an invite link, from the row's menu.`}
        </p>
        <div className={styles.buttons}>{toPeople}</div>
      </div>
    </Card>
  );
}

function summary({ rows, problems }: ImportResult, creatable: number): string {
  const skipped = rows.length - creatable - problems;
  const parts = [`${people(creatable)} would be created`];
  if (skipped > 0) parts.push(`${people(skipped)} left out`);
  if (problems === 0) return `${parts.join(", ")}. Nothing is written yet.`;
  const lines = problems === 1 ? "1 line has a problem" : `${problems} lines have a problem`;
  return `${lines}. Correct the file and check it again: either all are created or nobody.`;
}

function people(count: number): string {
  return count === 1 ? "1 person" : `${count.toLocaleString("en-GB")} people`;
}

function createWord(count: number): string {
  return count === 0 ? "Create people" : `Create ${people(count)}`;
}

function explain(error: Error): string {
  return (error instanceof ApiError && error.fields.csv) || error.message;
}
