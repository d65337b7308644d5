import { addDays, datesBetween, daySpan, mondayOf, type TimeSpan } from "@/lib/time/calendar";
import type { HoursSearch } from "./hoursSearch";

export const PERIOD_KINDS = ["day", "week", "range"] as const;
export type PeriodKind = (typeof PERIOD_KINDS)[number];

/** The longest range that the hub reports on is a year and a day; a page of days stays with the year. */
const RANGE_DAYS_MAX = 366;
const WEEK_DAYS = 7;

/** Which days are shown, both included; days of the organization's zone. */
export interface Period {
  kind: PeriodKind;
  from: string;
  to: string;
}

/** What the address asks for. A range without an end reaches to today; one the wrong way round is turned. */
export function periodOf(search: Pick<HoursSearch, "period" | "date" | "from" | "to">, today: string): Period {
  const date = search.date ?? today;
  switch (search.period) {
    case "week": {
      const monday = mondayOf(date);
      return { kind: "week", from: monday, to: addDays(monday, WEEK_DAYS - 1) };
    }
    case "range": {
      const [one, other] = [search.from ?? search.to ?? addDays(today, 1 - WEEK_DAYS), search.to ?? today];
      const [from, to] = one <= other ? [one, other] : [other, one];
      return { kind: "range", from, to: earlier(to, addDays(from, RANGE_DAYS_MAX - 1)) };
    }
    default:
      return { kind: "day", from: date, to: date };
  }
}

/** The day, the week, or as many days as the range has, before or after this one. */
export function stepped(period: Period, step: 1 | -1, today: string): Pick<HoursSearch, "date" | "from" | "to"> {
  const days = datesOf(period).length * step;
  if (period.kind === "range") return { from: addDays(period.from, days), to: addDays(period.to, days) };
  const date = addDays(period.from, days);
  return { date: date === today || (period.kind === "week" && mondayOf(today) === date) ? undefined : date };
}

/** Another kind of period around the same days. */
export function asKind(period: Period, kind: PeriodKind, today: string): HoursSearch {
  const isNow = period.from <= today && today <= period.to;
  const date = isNow ? undefined : period.from;
  if (kind === "range") return { period: "range", from: period.from, to: period.to, date: undefined };
  return { period: kind === "week" ? "week" : undefined, date, from: undefined, to: undefined };
}

export function datesOf({ from, to }: Period): readonly string[] {
  return datesBetween(from, to);
}

export function spanOf({ from, to }: Period, timeZone: string): TimeSpan {
  return { fromMs: daySpan(from, timeZone).fromMs, toMs: daySpan(to, timeZone).toMs };
}

/** Whether something in it can still change by itself. */
export function isCurrent({ to }: Period, today: string): boolean {
  return to >= today;
}

function earlier(one: string, other: string): string {
  return one < other ? one : other;
}
