import type { EmployeeId } from "@/api/types";
import { usePresenceEntry } from "../hooks/presenceContext";

/** Somebody's name as the board knows it, or else their employee id. */
export function PersonName({ employee }: { employee: EmployeeId }) {
  return usePresenceEntry(employee)?.name ?? employee;
}
