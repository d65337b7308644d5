import { Link } from "@tanstack/react-router";
import { BellOff } from "lucide-react";
import { AlertList } from "@/features/alerts/components/AlertList";
import { useAlerts } from "@/features/alerts/hooks/useAlerts";
import { useDocumentTitle } from "@/lib/dom/useDocumentTitle";
import { Button } from "@/ui/Button";
import { Card } from "@/ui/Card";
import { EmptyState } from "@/ui/EmptyState";
import { Notice } from "@/ui/Notice";
import { PageHeader } from "@/ui/PageHeader";
import { useMe } from "../useMe";
import styles from "./MyDayPage.module.css";

/** `/alerts`: what needs somebody's eyes and what did lately; to an employee what is said of them. */
export function AlertsPage() {
  useDocumentTitle("Alerts");
  const { employeeId, role, organization } = useMe();
  const { alerts, error, retry, showOlder } = useAlerts();
  return (
    <>
      <PageHeader
        title="Alerts"
        lead={
          role === "employee"
            ? "What your managers are told about you, the moment they are."
            : "What needs eyes, and what did lately. Each person sees their own, too."
        }
      >
        {role === "admin" && <Link to="/settings/alerts">Which alerts there are</Link>}
      </PageHeader>
      <div className={styles.day}>
        {error && (
          <Notice tone="error" action={<Button onClick={retry}>Try again</Button>}>
            {error.message}
          </Notice>
        )}
        {!alerts && !error && <div className={styles.skeleton} aria-hidden="true" />}
        {alerts?.length === 0 && (
          <EmptyState icon={<BellOff size={20} aria-hidden />} title="Nothing needs attention">
            {role === "admin"
              ? "And nothing did lately. Under Setup you decide which alerts there are."
              : "And nothing did lately. New alerts appear here by themselves."}
          </EmptyState>
        )}
        {alerts && alerts.length > 0 && (
          <Card title="Open and lately">
            <AlertList alerts={alerts} self={employeeId} timeZone={organization.timeZone} detail="full" />
            {showOlder && <Button onClick={showOlder}>Show older ones</Button>}
          </Card>
        )}
      </div>
    </>
  );
}
