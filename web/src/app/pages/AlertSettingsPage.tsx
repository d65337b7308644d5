import { BellRing } from "lucide-react";
import { useDocumentTitle } from "@/lib/dom/useDocumentTitle";
import { EmptyState } from "@/ui/EmptyState";

/** `/settings/alerts`: what somebody should be told of. */
export function AlertSettingsPage() {
  useDocumentTitle("Alerts");
  return (
    <EmptyState icon={<BellRing size={20} aria-hidden />} title="Alerts are not set up here yet">
      What is worth telling somebody appears on the dashboard.
    </EmptyState>
  );
}
