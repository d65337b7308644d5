import { useQueryClient } from "@tanstack/react-query";
import type { EmployeeId } from "@/api/types";
import { useHubEvent } from "@/lib/ws/useHubEvent";

/** Keeps what holds for the person, and what was changed about their hours, true while the page is open. */
export function useRecordEvents(employee: EmployeeId): void {
  const queryClient = useQueryClient();
  useHubEvent("policy_changed", () => void queryClient.invalidateQueries({ queryKey: ["policy", "own", employee] }));
  useHubEvent("hours_changed", (event) => {
    if (event.employee !== employee) return;
    void queryClient.invalidateQueries({ queryKey: ["work", "corrections", "own", employee] });
  });
}
