import {
  Activity,
  CalendarClock,
  Clock,
  Eye,
  FileUser,
  Images,
  LayoutDashboard,
  type LucideIcon,
  MonitorPlay,
} from "lucide-react";
import type { Role } from "@/api/types";

export interface NavigationItem {
  to: "/" | "/live" | "/hours" | "/activity" | "/screenshots" | "/my-day" | "/my-data" | "/viewings";
  word: string;
  /** More words that the command palette finds it by, in lower case. */
  also?: string;
  icon: LucideIcon;
  roles: readonly Role[];
}

/** The rail, from top to bottom. A page appears here when it exists, for the roles that may open it. */
const NAVIGATION: readonly NavigationItem[] = [
  { to: "/", word: "Dashboard", icon: LayoutDashboard, roles: ["manager", "admin"] },
  { to: "/live", word: "Live wall", icon: MonitorPlay, roles: ["manager", "admin"] },
  { to: "/hours", word: "Work hours", icon: Clock, roles: ["manager", "admin"] },
  { to: "/activity", word: "Activity", icon: Activity, roles: ["manager", "admin"] },
  { to: "/screenshots", word: "Screenshots", icon: Images, roles: ["manager", "admin"] },
  {
    to: "/my-day",
    word: "My day",
    also: "punch in out break timer hours",
    icon: CalendarClock,
    roles: ["employee", "manager", "admin"],
  },
  { to: "/viewings", word: "Who viewed me", icon: Eye, roles: ["employee"] },
  {
    to: "/my-data",
    word: "My data",
    also: "export download notice policy devices corrections privacy record",
    icon: FileUser,
    roles: ["employee", "manager", "admin"],
  },
  { to: "/viewings", word: "Viewings", icon: Eye, roles: ["manager", "admin"] },
];

export function navigationFor(role: Role): readonly NavigationItem[] {
  return NAVIGATION.filter((item) => item.roles.includes(role));
}
