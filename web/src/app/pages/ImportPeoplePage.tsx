import { useNavigate } from "@tanstack/react-router";
import { ImportPeople } from "@/features/people/components/ImportPeople";
import { useDocumentTitle } from "@/lib/dom/useDocumentTitle";
import { Button } from "@/ui/Button";
import { PageHeader } from "@/ui/PageHeader";

/** `/people/import`: many people from a CSV file. */
export function ImportPeoplePage() {
  useDocumentTitle("Import people");
  const navigate = useNavigate();
  const toPeople = (look: "primary" | "quiet") => (
    <Button look={look} onClick={() => void navigate({ to: "/people" })}>
      Go to people
    </Button>
  );
  return (
    <>
      <PageHeader title="Import people" lead="Many at once, from a CSV file. It is checked before anything is written.">
        {toPeople("quiet")}
      </PageHeader>
      <ImportPeople toPeople={toPeople("primary")} />
    </>
  );
}
