import { useInfiniteQuery } from "@tanstack/react-query";
import { Laptop, SearchX } from "lucide-react";
import { type ReactNode, useMemo, useState } from "react";
import type { Device } from "@/api/types";
import { moreOf, usePagedRows } from "@/lib/http/pagedRows";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { ExportButtons } from "@/ui/ExportButtons";
import { FilterBar, FilterSelect } from "@/ui/FilterBar";
import { Notice } from "@/ui/Notice";
import { devicesExportPath, devicesQuery } from "../api/devices";
import type { DeviceSearch } from "../model/deviceSearch";
import { DeviceTable, DeviceTableSkeleton } from "./DeviceTable";
import { RevokeDialog } from "./RevokeDialog";

interface DevicesProps {
  search: DeviceSearch;
  onSearch: (change: DeviceSearch) => void;
  /** The choice of a person, to narrow the list. */
  person: ReactNode;
  owner: (device: Device) => ReactNode;
  timeZone: string;
  enrolAction: ReactNode;
}

const STATE_OPTIONS = [{ id: "all", word: "With revoked ones" }] as const;

/** Every device: whose it is, when it was last there, what it runs; and its end. */
export function Devices({ search, onSearch, person, owner, timeZone, enrolAction }: DevicesProps) {
  const query = useInfiniteQuery(devicesQuery(search.employee));
  const [exportError, setExportError] = useState<Error>();
  const [revoked, setRevoked] = useState<Device>();
  const all = usePagedRows(query);
  const devices = useMemo(
    () => (search.state === "all" ? all : all?.filter(({ revokedAt }) => revokedAt == null)),
    [all, search.state],
  );
  const error = exportError ?? (all ? undefined : query.error);
  const remaining = (device: Device) =>
    query.hasNextPage ? undefined : (devices ?? []).filter((one) => isOther(one, device)).length;
  const isFiltered = search.employee !== undefined;
  return (
    <>
      <FilterBar
        end={
          <ExportButtons
            name="devices"
            path={(format) => devicesExportPath(search.employee, format)}
            onError={setExportError}
          />
        }
      >
        {person}
        <FilterSelect
          label="Devices"
          all="Can connect"
          options={STATE_OPTIONS}
          chosen={search.state}
          onChoose={(state) => onSearch({ state: state as DeviceSearch["state"] })}
        />
      </FilterBar>
      {error && (
        <Notice tone="error" action={!all && <Button onClick={() => void query.refetch()}>Try again</Button>}>
          {error.message}
        </Notice>
      )}
      {!devices && !error && <DeviceTableSkeleton owner rows={8} />}
      {devices && devices.length > 0 && (
        <DeviceTable devices={devices} owner={owner} timeZone={timeZone} onRevoke={setRevoked} {...moreOf(query)} />
      )}
      {devices?.length === 0 && !query.hasNextPage && (
        <EmptyState
          icon={isFiltered ? <SearchX size={20} aria-hidden /> : <Laptop size={20} aria-hidden />}
          title={isFiltered ? "No device matches" : "No device is enrolled"}
          action={
            isFiltered ? (
              <Button onClick={() => onSearch({ employee: undefined, state: undefined })}>Clear filters</Button>
            ) : (
              enrolAction
            )
          }
        >
          {isFiltered
            ? "This person has no device that can connect."
            : "Make a code, start the agent on somebody's computer, and enter the code there."}
        </EmptyState>
      )}
      {revoked && (
        <RevokeDialog device={revoked} remaining={remaining(revoked)} onClose={() => setRevoked(undefined)} />
      )}
    </>
  );
}

function isOther(one: Device, device: Device): boolean {
  return one.employeeId === device.employeeId && one.deviceId !== device.deviceId && one.revokedAt == null;
}
