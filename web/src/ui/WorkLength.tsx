import { formatExactHours, formatHours } from "@/lib/time/format";

/** A sum of working time in hours, minutes and seconds, which never turns into days; to the millisecond on hover. */
export function WorkLength({ ms }: { ms: number }) {
  return (
    <data className="tabular" value={ms} title={formatExactHours(ms)}>
      {formatHours(ms)}
    </data>
  );
}
