import { getRouteApi, Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useCallback, useState } from "react";
import type { Device, EmployeeId } from "@/api/types";
import { Devices } from "@/features/devices/components/Devices";
import { EnrolDialog } from "@/features/devices/components/EnrolDialog";
import { usePresence } from "@/features/presence/hooks/presenceContext";
import { useDocumentTitle } from "@/lib/dom/useDocumentTitle";
import { Button } from "@/ui/Button";
import { useMe } from "../useMe";
import styles from "./DevicesPage.module.css";
import { PersonChoice } from "./PersonChoice";

const route = getRouteApi("/frame/settings/devices");

/** `/settings/devices`: every computer on which an agent runs. */
export function DevicesPage() {
  useDocumentTitle("Devices");
  const { organization } = useMe();
  const { store } = usePresence();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [isEnrolling, setEnrolling] = useState(false);
  const nameOf = useCallback((employee: EmployeeId) => store.entry(employee)?.name ?? employee, [store]);
  const enrol = (look: "primary" | "quiet") => (
    <Button look={look} onClick={() => setEnrolling(true)}>
      <Plus size={16} aria-hidden />
      Enrol a device
    </Button>
  );
  return (
    <>
      <Devices
        search={search}
        onSearch={(change) =>
          void navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false })
        }
        person={
          <>
            {enrol("primary")}
            <PersonChoice
              label="Person whose devices"
              placeholder="Everybody"
              employee={search.employee}
              onChoose={(employee) =>
                void navigate({ search: (before) => ({ ...before, employee }), replace: true, resetScroll: false })
              }
            />
          </>
        }
        owner={ownerOf}
        timeZone={organization.timeZone}
        enrolAction={enrol("primary")}
      />
      {isEnrolling && (
        <EnrolDialog
          nameOf={nameOf}
          choose={(employee, onChoose) => (
            <PersonChoice
              label="Person whose device it is"
              placeholder="Name or employee ID"
              employee={employee}
              onChoose={onChoose}
            />
          )}
          onClose={() => setEnrolling(false)}
        />
      )}
    </>
  );
}

function ownerOf({ employeeId, employeeName }: Device) {
  return (
    <Link to="/people/$id" params={{ id: employeeId }} className={styles.owner}>
      {employeeName ?? employeeId}
    </Link>
  );
}
