import { daySpan } from "@/lib/time/calendar";
import { formatWeekday } from "@/lib/time/format";
import { PrintLine } from "@/ui/PrintLine";
import { useHoursFacts } from "../hooks/hoursContext";

/** What a printed report says of itself: which days, of how many people. */
export function PrintTitle({ people = 0 }: { people: number | undefined }) {
  const { period, timeZone } = useHoursFacts();
  const [from, to] = [period.from, period.to].map((date) => formatWeekday(daySpan(date, timeZone).fromMs, timeZone));
  const days = from === to ? from : `${from} – ${to}`;
  return <PrintLine about={`${days} · ${people} ${people === 1 ? "person" : "people"}`} timeZone={timeZone} />;
}
