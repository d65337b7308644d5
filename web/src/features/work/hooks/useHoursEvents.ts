import { useQueryClient } from "@tanstack/react-query";
import type { EmployeeId } from "@/api/types";
import { useHubEvent } from "@/lib/ws/useHubEvent";

/** Asks again for the person's hours of today when somebody has corrected them. */
export function useHoursEvents(employee: EmployeeId): void {
  const queryClient = useQueryClient();
  useHubEvent("hours_changed", (event) => {
    if (event.employee !== employee) return;
    void queryClient.invalidateQueries({ queryKey: ["work", "today", employee] });
    void queryClient.invalidateQueries({ queryKey: ["work", "segments", "today", employee] });
  });
}
