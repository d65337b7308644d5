import type { OrganizationChange, OrganizationSettings, Retention } from "@/api/types";

/** The organization as its form has it. */
export interface Profile {
  name: string;
  timeZone: string;
  /** `09:00` */
  start: string;
  end: string;
  /** 1 is Monday. */
  days: readonly number[];
}

export const DAYS: readonly { day: number; word: string; short: string }[] = [
  { day: 1, word: "Monday", short: "Mon" },
  { day: 2, word: "Tuesday", short: "Tue" },
  { day: 3, word: "Wednesday", short: "Wed" },
  { day: 4, word: "Thursday", short: "Thu" },
  { day: 5, word: "Friday", short: "Fri" },
  { day: 6, word: "Saturday", short: "Sat" },
  { day: 7, word: "Sunday", short: "Sun" },
];

export const PROFILE_WORDS: Readonly<Record<keyof Profile, string>> = {
  name: "Name",
  timeZone: "Time zone",
  start: "Work begins",
  end: "Work ends",
  days: "Working days",
};

export const RETENTION_KINDS: readonly { key: keyof Retention; word: string; means: string }[] = [
  { key: "screenshotsDays", word: "Screenshots", means: "Pictures and their thumbnails." },
  { key: "workDays", word: "Work data", means: "Working time and presence." },
  { key: "auditDays", word: "Audit", means: "Who did what to whom, and who watched whom." },
];

export function profileOf({ name, timeZone, workingHours }: OrganizationSettings): Profile {
  return { name, timeZone, start: workingHours.start, end: workingHours.end, days: workingHours.days };
}

export function profileChange({ name, timeZone, start, end, days }: Profile): OrganizationChange {
  return { name, timeZone, workingHours: { start, end, days: [...days] } };
}

/** A value of the profile as it reads. */
export function profileWord(key: keyof Profile, value: unknown): string {
  if (key === "days" && Array.isArray(value)) {
    const words = DAYS.filter(({ day }) => value.includes(day)).map(({ short }) => short);
    return words.length === 0 ? "None" : words.join(", ");
  }
  return String(value).replaceAll("_", " ");
}

export function retentionWord(_: keyof Retention, value: unknown): string {
  return value === 1 ? "1 day" : `${value} days`;
}

/** The kinds of which something is kept for a shorter time than before, so that something is deleted. */
export function shortened(before: Retention, after: Retention): (keyof Retention)[] {
  return RETENTION_KINDS.map(({ key }) => key).filter((key) => after[key] < before[key]);
}
