import { request } from "@/lib/http/request";

/** One line of a file, as the hub understood it. */
export interface ImportRow {
  line: number;
  name: string;
  email: string;
  code: string;
  team: string;
  /** As it was written. */
  role: string;
  problem: string | null;
  action: "create" | "skip";
}

/** What a file would do, or has done. */
export interface ImportResult {
  rows: ImportRow[];
  created: number;
  problems: number;
}

/** Reads a CSV file of people. With `dryRun`, or if any line has a problem, nothing is written. */
export function importPeople(csv: string, dryRun: boolean): Promise<ImportResult> {
  return request<ImportResult>("POST", "/api/employees/import", { body: { csv, dryRun } });
}
