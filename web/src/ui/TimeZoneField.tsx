import { useMemo } from "react";
import { formatOffset, formatTimeOfDay } from "@/lib/time/format";
import { timeZonesByRegion } from "@/lib/time/timeZones";
import { useSecond } from "@/lib/time/useSecond";
import { SelectField } from "./Field";

interface TimeZoneFieldProps {
  zone: string;
  onChoose: (zone: string) => void;
  error: string | undefined;
}

/** The organization's time zone; says what time it is there, which shows a wrong choice at once. */
export function TimeZoneField({ zone, onChoose, error }: TimeZoneFieldProps) {
  const regions = useMemo(() => timeZonesByRegion(Intl.supportedValuesOf("timeZone"), zone), [zone]);
  return (
    <SelectField
      label="Time zone"
      name="timeZone"
      required
      value={zone}
      onChange={(event) => onChoose(event.target.value)}
      hint={<TimeThere zone={zone} />}
      error={error}
    >
      {regions.map(([region, zones]) => (
        <optgroup key={region} label={region}>
          {zones.map((name) => (
            <option key={name} value={name}>
              {name.replaceAll("_", " ")}
            </option>
          ))}
        </optgroup>
      ))}
    </SelectField>
  );
}

function TimeThere({ zone }: { zone: string }) {
  const nowMs = useSecond();
  return (
    <span className="tabular">
      {`Working days begin and end here. It is ${formatTimeOfDay(nowMs, nowMs, zone)} (${formatOffset(nowMs, zone)}).`}
    </span>
  );
}
