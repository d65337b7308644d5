import { Download } from "lucide-react";
import { useState } from "react";
import { saveFile } from "@/lib/dom/saveFile";
import { fetchFile } from "@/lib/http/fetchFile";
import { Button } from "./Button";
import styles from "./ExportButtons.module.css";

const FORMATS = ["csv", "xlsx"] as const;
export type ExportFormat = (typeof FORMATS)[number];

interface ExportButtonsProps {
  /** What the table is of, for the file's name and for who hears the buttons: `viewings`. */
  name: string;
  path: (format: ExportFormat) => string;
  /** Says what went wrong; `undefined` when another attempt begins. */
  onError: (error: Error | undefined) => void;
}

/** The table as a file: everything that the filters let through, not only what is loaded. */
export function ExportButtons({ name, path, onError }: ExportButtonsProps) {
  const [making, setMaking] = useState<ExportFormat>();

  async function keep(format: ExportFormat): Promise<void> {
    setMaking(format);
    onError(undefined);
    try {
      const file = await fetchFile(path(format), `${name}.${format}`);
      saveFile(file.name, file.content);
    } catch (error) {
      onError(error instanceof Error ? error : new Error(String(error)));
    } finally {
      setMaking(undefined);
    }
  }

  return (
    <div className={styles.buttons}>
      {FORMATS.map((format) => (
        <Button
          key={format}
          aria-label={`Download ${name} as ${format.toUpperCase()}`}
          aria-disabled={making !== undefined}
          onClick={() => making === undefined && void keep(format)}
        >
          <Download size={16} aria-hidden />
          {making === format ? "Making…" : format.toUpperCase()}
        </Button>
      ))}
    </div>
  );
}
