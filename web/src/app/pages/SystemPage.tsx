import { SystemBoard } from "@/features/system/components/SystemBoard";
import { useDocumentTitle } from "@/lib/dom/useDocumentTitle";
import { PageHeader } from "@/ui/PageHeader";
import { useMe } from "../useMe";

/** `/system`: how the hub is doing. */
export function SystemPage() {
  useDocumentTitle("System");
  const { organization } = useMe();
  return (
    <>
      <PageHeader title="System" lead="How the hub is doing, asked for again every five seconds." />
      <SystemBoard timeZone={organization.timeZone} />
    </>
  );
}
