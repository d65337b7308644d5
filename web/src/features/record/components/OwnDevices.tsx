import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Device, EmployeeId } from "@/api/types";
import { Button } from "@/ui/Button";
import { Card, CardNote } from "@/ui/Card";
import { Instant } from "@/ui/Instant";
import { PlainTable } from "@/ui/PlainTable";
import { TimeAgo } from "@/ui/TimeAgo";
import { ownDevicesQuery } from "../api/record";
import { skewWords } from "../model/skewWords";
import { LoadFailure } from "./LoadFailure";
import { RevokeDeviceDialog } from "./RevokeDeviceDialog";

/** The machines that may record the person; one that is lost can be cut off here, without asking anybody. */
export function OwnDevices({ employee, timeZone }: { employee: EmployeeId; timeZone: string }) {
  const query = useQuery(ownDevicesQuery(employee));
  const [revoking, setRevoking] = useState<Device>();
  const devices = query.data;
  return (
    <Card title="Your devices">
      {query.error && !devices && <LoadFailure error={query.error} onRetry={query.refetch} />}
      {devices && devices.length > 0 && (
        <PlainTable
          caption="Machines that are enrolled"
          heads={["Device", "Agent", "Enrolled", "Last seen", "Its clock", "Access"]}
        >
          {devices.map((device) => (
            <tr key={device.deviceId}>
              <th scope="row">{device.name}</th>
              <td>{[device.agentVersion, device.os].filter(Boolean).join(", ") || "–"}</td>
              <td>
                <Instant atMs={device.enrolledAt} timeZone={timeZone} />
              </td>
              <td>
                <LastSeen device={device} timeZone={timeZone} />
              </td>
              <td>{skewWords(device.clockSkewMs)}</td>
              <td>
                {device.revokedAt == null ? (
                  <Button onClick={() => setRevoking(device)} aria-label={`Cut off ${device.name}`}>
                    Cut off
                  </Button>
                ) : (
                  <>
                    Cut off <Instant atMs={device.revokedAt} timeZone={timeZone} />
                  </>
                )}
              </td>
            </tr>
          ))}
        </PlainTable>
      )}
      {devices?.length === 0 && (
        <CardNote>No agent is enrolled for you, so nothing of your screen can be recorded.</CardNote>
      )}
      {!devices && !query.error && <CardNote>…</CardNote>}
      {revoking && <RevokeDeviceDialog device={revoking} onClose={() => setRevoking(undefined)} />}
    </Card>
  );
}

function LastSeen({ device: { connected, lastSeen }, timeZone }: { device: Device; timeZone: string }) {
  if (connected) return "Connected now";
  return lastSeen == null ? "Never" : <TimeAgo atMs={lastSeen} timeZone={timeZone} />;
}
