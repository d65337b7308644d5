import { Download } from "lucide-react";
import { useState } from "react";
import type { EmployeeId, TeamId } from "@/api/types";
import { saveFile } from "@/lib/dom/saveFile";
import { fetchFile } from "@/lib/http/fetchFile";
import type { ExportFormat } from "@/ui/ExportButtons";
import { Menu, MenuItem } from "@/ui/Menu";
import { type ExportScope, type HoursTable, hoursExportPath } from "../api/hours";
import { useHoursFacts } from "../hooks/hoursContext";
import styles from "./ExportMenu.module.css";

const TABLES: readonly { table: HoursTable; word: string }[] = [
  { table: "summary", word: "Hours" },
  { table: "sessions", word: "Sessions" },
  { table: "segments", word: "Segments" },
  { table: "corrections", word: "Corrections" },
];
const FORMATS: readonly ExportFormat[] = ["csv", "xlsx"];
/** The hub takes so many names of people in one request. */
const NAMED_MAX = 100;

interface ExportMenuProps {
  team: TeamId | undefined;
  /** Who is shown, if a text was looked for. */
  shown: readonly EmployeeId[] | undefined;
  /** Says what went wrong; `undefined` when another attempt begins. */
  onError: (error: Error | undefined) => void;
}

/** What is shown as a file: the sums, the sessions, or every segment they are made of. */
export function ExportMenu({ team, shown, onError }: ExportMenuProps) {
  const { period } = useHoursFacts();
  const [isMaking, setMaking] = useState(false);
  const scope: ExportScope = shown && shown.length > 0 && shown.length <= NAMED_MAX ? { employees: shown } : { team };

  async function keep(table: HoursTable, format: ExportFormat): Promise<void> {
    setMaking(true);
    onError(undefined);
    try {
      const file = await fetchFile(hoursExportPath(table, period, scope, format), `work-${table}.${format}`);
      saveFile(file.name, file.content);
    } catch (error) {
      onError(error instanceof Error ? error : new Error(String(error)));
    } finally {
      setMaking(false);
    }
  }

  return (
    <Menu
      label="Export"
      className={styles.button}
      face={
        <>
          <Download size={16} aria-hidden />
          {isMaking ? "Making…" : "Export"}
        </>
      }
    >
      {TABLES.flatMap(({ table, word }) =>
        FORMATS.map((format) => (
          <MenuItem
            key={`${table} ${format}`}
            icon={<Download size={16} aria-hidden />}
            onSelect={() => void (isMaking || keep(table, format))}
          >
            {`${word} as ${format.toUpperCase()}`}
          </MenuItem>
        )),
      )}
    </Menu>
  );
}
