import { AlertSettingsCard } from "@/features/alerts/components/AlertSettingsCard";
import { useDocumentTitle } from "@/lib/dom/useDocumentTitle";

/** `/settings/alerts`: what somebody should be told of. */
export function AlertSettingsPage() {
  useDocumentTitle("Alerts");
  return <AlertSettingsCard />;
}
