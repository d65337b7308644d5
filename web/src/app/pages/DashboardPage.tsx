import { getRouteApi } from "@tanstack/react-router";
import { UserPlus } from "lucide-react";
import { useCallback, useState } from "react";
import { AddPersonDialog } from "@/features/people/components/AddPersonDialog";
import { Board } from "@/features/presence/components/Board";
import { MyStatus } from "@/features/presence/components/MyStatus";
import type { BoardSearch } from "@/features/presence/model/boardSearch";
import { useDocumentTitle } from "@/lib/dom/useDocumentTitle";
import { Button } from "@/ui/Button";
import { PageHeader } from "@/ui/PageHeader";
import { useMe } from "../useMe";

const route = getRouteApi("/frame/");

/** `/`: the live board for those who may watch, one's own status for everybody else. */
export function DashboardPage() {
  const me = useMe();
  return me.role === "employee" ? <OwnStatus /> : <Dashboard />;
}

function OwnStatus() {
  useDocumentTitle("My status");
  const { employeeId } = useMe();
  return (
    <>
      <PageHeader title="My status" lead="What your organization sees of you right now." />
      <MyStatus employee={employeeId} />
    </>
  );
}

function Dashboard() {
  useDocumentTitle("Dashboard");
  const { role, organization } = useMe();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [isAdding, setAdding] = useState(false);
  const onSearch = useCallback(
    (change: BoardSearch) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true }),
    [navigate],
  );
  const addPerson = (look: "quiet" | "primary") =>
    role === "admin" && (
      <Button look={look} onClick={() => setAdding(true)}>
        <UserPlus size={16} aria-hidden />
        Add person
      </Button>
    );
  return (
    <>
      <PageHeader title="Dashboard" lead={`Who is working at ${organization.name}, the moment it changes.`}>
        {addPerson("quiet")}
      </PageHeader>
      <Board search={search} onSearch={onSearch} addPeople={addPerson("primary")} />
      {isAdding && <AddPersonDialog onClose={() => setAdding(false)} />}
    </>
  );
}
