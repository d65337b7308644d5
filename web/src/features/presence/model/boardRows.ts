import type { EmployeeId } from "@/api/types";
import { type BoardSection, type FoldableName, isFoldable, type SectionName } from "./boardLayout";

/** One line of the virtualized board. Its height is known before it is drawn, so nothing jumps. */
export type BoardRow =
  | { kind: "heading"; key: string; section: SectionName; count: number; isFolded: boolean }
  | { kind: "cards"; key: string; section: SectionName; employees: readonly EmployeeId[] };

/** Cuts the sections into lines of `columns` cards; of a folded section only the heading is left. */
export function toRows(
  sections: readonly BoardSection[],
  columns: number,
  folded: ReadonlySet<FoldableName>,
): BoardRow[] {
  const rows: BoardRow[] = [];
  for (const { name, employees } of sections) {
    const isFolded = isFoldable(name) && folded.has(name);
    rows.push({ kind: "heading", key: name, section: name, count: employees.length, isFolded });
    if (isFolded) continue;
    for (let from = 0; from < employees.length; from += columns) {
      const line = employees.slice(from, from + columns);
      rows.push({ kind: "cards", key: `${name} ${line[0]}`, section: name, employees: line });
    }
  }
  return rows;
}
