import { useInfiniteQuery } from "@tanstack/react-query";
import { Laptop } from "lucide-react";
import { useState } from "react";
import type { Device, EmployeeId } from "@/api/types";
import { usePagedRows } from "@/lib/http/pagedRows";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { Notice } from "@/ui/Notice";
import { devicesQuery } from "../api/devices";
import { DeviceTable, DeviceTableSkeleton } from "./DeviceTable";
import { EnrolDialog } from "./EnrolDialog";
import styles from "./PersonDevices.module.css";
import { RevokeDialog } from "./RevokeDialog";

interface PersonDevicesProps {
  employee: EmployeeId;
  name: string;
  /** Whether a new device may be enrolled: not for a closed account. */
  canEnrol: boolean;
  /** Administrators revoke; managers look. */
  canRevoke: boolean;
  timeZone: string;
}

/** The devices of one person. */
export function PersonDevices({ employee, name, canEnrol, canRevoke, timeZone }: PersonDevicesProps) {
  const query = useInfiniteQuery(devicesQuery(employee));
  const [revoked, setRevoked] = useState<Device>();
  const [isEnrolling, setEnrolling] = useState(false);
  const devices = usePagedRows(query)?.filter(({ revokedAt }) => revokedAt == null);
  const enrol = canEnrol && <Button onClick={() => setEnrolling(true)}>Enrol a device</Button>;
  return (
    <section aria-labelledby="person-devices">
      <div className={styles.heading}>
        <h2 id="person-devices">Devices</h2>
        {devices && devices.length > 0 && enrol}
      </div>
      {query.error && !devices && <Notice tone="error">{query.error.message}</Notice>}
      {!devices && !query.error && <DeviceTableSkeleton owner={false} rows={2} />}
      {devices && devices.length > 0 && (
        <DeviceTable devices={devices} timeZone={timeZone} onRevoke={canRevoke ? setRevoked : undefined} />
      )}
      {devices?.length === 0 && (
        <EmptyState icon={<Laptop size={20} aria-hidden />} title="No device is enrolled" action={enrol}>
          {`Until the agent runs on a computer of ${name}, nothing is recorded but what is done in the portal.`}
        </EmptyState>
      )}
      {revoked && devices && (
        <RevokeDialog device={revoked} remaining={devices.length - 1} onClose={() => setRevoked(undefined)} />
      )}
      {isEnrolling && <EnrolDialog employee={employee} nameOf={() => name} onClose={() => setEnrolling(false)} />}
    </section>
  );
}
