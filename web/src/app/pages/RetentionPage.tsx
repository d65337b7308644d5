import { useQuery } from "@tanstack/react-query";
import { organizationQuery } from "@/features/organization/api/organization";
import { RetentionForm } from "@/features/organization/components/RetentionForm";
import { useDocumentTitle } from "@/lib/dom/useDocumentTitle";
import { Card } from "@/ui/Card";
import { QueryFallback } from "./QueryFallback";
import styles from "./SettingsLayout.module.css";

/** `/settings/retention`: for how long each kind of record is kept. */
export function RetentionPage() {
  useDocumentTitle("Retention");
  const organization = useQuery(organizationQuery);
  if (!organization.data) return <QueryFallback query={organization} />;
  return (
    <div className={styles.narrow}>
      <Card title="For how long records are kept">
        <RetentionForm settings={organization.data} />
      </Card>
    </div>
  );
}
