import { CalendarClock, LayoutDashboard, type LucideIcon } from "lucide-react";
import type { Role } from "@/api/types";

export interface NavigationItem {
  to: "/" | "/my-day";
  word: string;
  icon: LucideIcon;
  roles: readonly Role[];
}

/** The rail, from top to bottom. A page appears here when it exists, for the roles that may open it. */
const NAVIGATION: readonly NavigationItem[] = [
  { to: "/", word: "Dashboard", icon: LayoutDashboard, roles: ["manager", "admin"] },
  { to: "/my-day", word: "My day", icon: CalendarClock, roles: ["employee", "manager", "admin"] },
];

export function navigationFor(role: Role): readonly NavigationItem[] {
  return NAVIGATION.filter((item) => item.roles.includes(role));
}
