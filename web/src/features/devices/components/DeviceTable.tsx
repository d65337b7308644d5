import { type ReactNode, useMemo } from "react";
import type { Device } from "@/api/types";
import { formatDay } from "@/lib/time/format";
import { Button } from "@/ui/Button";
import { type Column, RowTable, RowTableSkeleton } from "@/ui/RowTable";
import { TimeAgo } from "@/ui/TimeAgo";
import { clockSkewWords, isSkewNotable } from "../model/clockSkew";
import styles from "./DeviceTable.module.css";

export interface DeviceTableProps {
  /** Who has the device; absent where all are one person's. */
  owner?: ((device: Device) => ReactNode) | undefined;
  timeZone: string;
  /** Absent: who looks may not. */
  onRevoke: ((device: Device) => void) | undefined;
}

function columnsFor({ owner, timeZone, onRevoke }: DeviceTableProps): Column<Device>[] {
  const columns: Column<Device>[] = [
    {
      head: "Device",
      width: "minmax(120px, 1.4fr)",
      narrow: "lead",
      cell: ({ name }) => <span title={name}>{name}</span>,
    },
    { head: "System", width: "minmax(0, 1fr)", cell: ({ os }) => os },
    { head: "Agent", width: "minmax(64px, 0.6fr)", narrow: "none", cell: ({ agentVersion }) => agentVersion || "–" },
    {
      head: "Last connected",
      width: "minmax(110px, 0.8fr)",
      cell: (device) => <LastSeen device={device} timeZone={timeZone} />,
    },
    { head: "Clock", width: "minmax(90px, 0.7fr)", narrow: "none", cell: Clock },
    {
      head: "Enrolled",
      width: "minmax(96px, 0.7fr)",
      narrow: "none",
      cell: ({ enrolledAt }) => formatDay(enrolledAt, timeZone),
    },
    {
      head: "Actions",
      width: "84px",
      narrow: "end",
      align: "end",
      isHeadSilent: true,
      cell: (device) => <Revoke device={device} onRevoke={onRevoke} />,
    },
  ];
  if (owner) {
    columns.splice(1, 0, {
      head: "Person",
      width: "minmax(120px, 1.2fr)",
      cell: owner,
    });
  }
  return columns;
}

function Revoke({ device, onRevoke }: { device: Device } & Pick<DeviceTableProps, "onRevoke">) {
  if (device.revokedAt != null) return "Revoked";
  if (!onRevoke) return null;
  const label = `Revoke ${device.name}`;
  return (
    <Button look="bare" className={styles.revoke} aria-label={label} onClick={() => onRevoke(device)}>
      Revoke
    </Button>
  );
}

function LastSeen({ device: { connected, lastSeen }, timeZone }: { device: Device; timeZone: string }) {
  if (connected) return <span className={styles.connected}>Connected</span>;
  return lastSeen == null ? "Never" : <TimeAgo atMs={lastSeen} timeZone={timeZone} />;
}

function Clock({ clockSkewMs }: Device) {
  if (clockSkewMs == null) return "–";
  const isNotable = isSkewNotable(clockSkewMs);
  return <span className={isNotable ? styles.skewed : undefined}>{clockSkewWords(clockSkewMs)}</span>;
}

interface AllDevicesProps extends DeviceTableProps {
  devices: readonly Device[];
  hasMore?: boolean;
  onMore?: () => void;
}

/** Devices, one in a row. */
export function DeviceTable({ devices, hasMore, onMore, owner, timeZone, onRevoke }: AllDevicesProps) {
  const columns = useMemo(() => columnsFor({ owner, timeZone, onRevoke }), [owner, timeZone, onRevoke]);
  return (
    <RowTable
      caption="Devices, the latest enrolled first"
      columns={columns}
      rows={devices}
      rowKey={({ deviceId }) => deviceId}
      isQuiet={({ revokedAt }) => revokedAt != null}
      hasMore={hasMore}
      onMore={onMore}
    />
  );
}

export function DeviceTableSkeleton({ owner, rows }: { owner: boolean; rows: number }) {
  const columns = columnsFor({ owner: owner ? () => null : undefined, timeZone: "UTC", onRevoke: undefined });
  return <RowTableSkeleton columns={columns} rows={rows} />;
}
