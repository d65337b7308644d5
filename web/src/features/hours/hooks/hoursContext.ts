import { createContext, type ReactNode, use } from "react";
import type { EmployeeId } from "@/api/types";
import type { Period } from "../model/period";

/** What every row of the page needs, and no row should be handed. */
export interface HoursFacts {
  period: Period;
  /** Today's date. */
  today: string;
  /** Whether today is in the period, so that something may still run. */
  isCurrent: boolean;
  timeZone: string;
  /** Whether the caller may assign somebody's capture interval. */
  mayAssignInterval: (employee: EmployeeId) => boolean;
  /** Whether the caller may correct somebody's hours. */
  mayCorrect: (employee: EmployeeId) => boolean;
  /** Somebody's name, or their id if it is not known. */
  nameOf: (employee: EmployeeId) => string;
  /** Somebody's pictures of a period, beside their hours. */
  shotsOf: (employee: EmployeeId, period: Period) => ReactNode;
}

const HoursContext = createContext<HoursFacts | undefined>(undefined);

export const HoursContextProvider = HoursContext.Provider;

export function useHoursFacts(): HoursFacts {
  const facts = use(HoursContext);
  if (!facts) throw new Error("useHoursFacts is for what stands inside WorkHours");
  return facts;
}
