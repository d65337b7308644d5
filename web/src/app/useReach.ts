import { useCallback } from "react";
import type { EmployeeId } from "@/api/types";
import { usePresence } from "@/features/presence/hooks/presenceContext";
import { useMe } from "./useMe";

/** What takes a capability besides the role. */
export type Reaching = "assign_interval" | "correct_time" | "watch_screen";

/** Says whether the person may do something to somebody: an administrator to everybody, a manager in their teams. */
export function useReach(): (employee: EmployeeId, capability: Reaching) => boolean {
  const { role, capabilities, managedTeams, employeeId } = useMe();
  const { store } = usePresence();
  return useCallback(
    (employee, capability) => {
      if (role === "employee" || !capabilities.includes(capability)) return false;
      if (role === "admin") return true;
      const team = store.entry(employee)?.team;
      return employee !== employeeId && team != null && managedTeams.includes(team);
    },
    [role, capabilities, managedTeams, employeeId, store],
  );
}
