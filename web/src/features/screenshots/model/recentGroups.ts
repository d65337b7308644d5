import type { EmployeeId, ScreenshotId } from "@/api/types";
import { type Shot, withArrived, withoutDeleted } from "./shots";

/** Somebody's latest pictures, the newest first. */
export interface RecentGroup {
  employee: EmployeeId;
  name: string;
  shots: readonly Shot[];
}

/** The groups with what has arrived. Somebody's first picture makes a group, named as `nameOf` knows them. */
export function groupsWithArrived(
  groups: readonly RecentGroup[],
  arrived: readonly Shot[],
  each: number,
  nameOf: (employee: EmployeeId) => string,
): readonly RecentGroup[] {
  const byEmployee = new Map<EmployeeId, Shot[]>();
  for (const shot of arrived) byEmployee.set(shot.employee, [...(byEmployee.get(shot.employee) ?? []), shot]);
  const known = groups.map((group) => {
    const shots = byEmployee.get(group.employee);
    byEmployee.delete(group.employee);
    return shots ? { ...group, shots: withArrived(group.shots, shots, each) } : group;
  });
  const fresh = [...byEmployee].map(([employee, shots]) => ({
    employee,
    name: nameOf(employee),
    shots: withArrived([], shots, each),
  }));
  return [...known, ...fresh];
}

/** The groups without one that was deleted; without its group if that is empty then. */
export function groupsWithoutDeleted(groups: readonly RecentGroup[], id: ScreenshotId): readonly RecentGroup[] {
  return groups
    .map((group) => ({ ...group, shots: withoutDeleted(group.shots, id) }))
    .filter(({ shots }) => shots.length > 0);
}
