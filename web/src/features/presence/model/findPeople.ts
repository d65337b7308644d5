import type { EmployeeId, PresenceEntry } from "@/api/types";
import { foldText } from "./foldText";

/** The first few people, by name, in whose name or employee id a text occurs; whose name begins with it come first. */
export function findPeople(
  entries: Iterable<PresenceEntry>,
  text: string,
  countMax: number,
): readonly { employee: EmployeeId; name: string }[] {
  const sought = foldText(text);
  const found: { employee: EmployeeId; name: string; key: string }[] = [];
  for (const { employee, name } of entries) {
    const key = foldText(name);
    if (!key.includes(sought) && !foldText(employee).includes(sought)) continue;
    found.push({ employee, name, key: `${key.startsWith(sought) ? 0 : 1} ${key} ${employee}` });
  }
  return found
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .slice(0, countMax)
    .map(({ employee, name }) => ({ employee, name }));
}
