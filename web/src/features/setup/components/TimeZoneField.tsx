import { useMemo, useState } from "react";
import { formatOffset, formatTimeOfDay } from "@/lib/time/format";
import { useSecond } from "@/lib/time/useSecond";
import { SelectField } from "@/ui/Field";
import { localTimeZone, timeZonesByRegion } from "../model/timeZones";

/** The organization's time zone; says what time it is there, which shows a wrong choice at once. */
export function TimeZoneField({ error }: { error: string | undefined }) {
  const [zone, setZone] = useState(localTimeZone);
  const regions = useMemo(() => timeZonesByRegion(Intl.supportedValuesOf("timeZone"), localTimeZone()), []);
  return (
    <SelectField
      label="Time zone"
      name="timeZone"
      required
      value={zone}
      onChange={(event) => setZone(event.target.value)}
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
