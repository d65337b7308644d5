import type { ImportResult } from "@/api/types";
import { request } from "@/lib/http/request";

/** Reads a CSV file of people. With `dryRun`, or if any line has a problem, nothing is written. */
export function importPeople(csv: string, dryRun: boolean): Promise<ImportResult> {
  return request<ImportResult>("POST", "/api/employees/import", { body: { csv, dryRun } });
}
