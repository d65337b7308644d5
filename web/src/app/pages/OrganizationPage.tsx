import { useQuery } from "@tanstack/react-query";
import { organizationQuery } from "@/features/organization/api/organization";
import { OrganizationForm } from "@/features/organization/components/OrganizationForm";
import { useDocumentTitle } from "@/lib/dom/useDocumentTitle";
import { Card } from "@/ui/Card";
import { QueryFallback } from "./QueryFallback";
import styles from "./SettingsLayout.module.css";

/** `/settings/organization`: name, time zone, working hours. */
export function OrganizationPage() {
  useDocumentTitle("Organization");
  const organization = useQuery(organizationQuery);
  if (!organization.data) return <QueryFallback query={organization} />;
  return (
    <div className={styles.narrow}>
      <Card title="Organization">
        <OrganizationForm settings={organization.data} />
      </Card>
    </div>
  );
}
