import type { EmployeeId } from "@/api/types";
import { usePresence, usePresenceEntry } from "@/features/presence/hooks/presenceContext";
import { shownStatus } from "@/features/presence/model/shownStatus";
import { StatusBadge } from "@/ui/StatusBadge";

/** Somebody's status now, wherever their name stands. */
export function PersonStatus({ employee }: { employee: EmployeeId }) {
  const entry = usePresenceEntry(employee);
  const { lostAtMs } = usePresence();
  return entry && <StatusBadge status={lostAtMs === undefined ? shownStatus(entry) : "unknown"} />;
}
