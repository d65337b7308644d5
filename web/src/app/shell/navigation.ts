import {
  Activity,
  CalendarClock,
  Clock,
  Download,
  Eye,
  FileUser,
  Images,
  LayoutDashboard,
  type LucideIcon,
  MonitorPlay,
  ScrollText,
  Server,
  Settings,
  Users,
  UsersRound,
} from "lucide-react";
import type { Role } from "@/api/types";

export interface NavigationItem {
  to:
    | "/"
    | "/live"
    | "/hours"
    | "/activity"
    | "/screenshots"
    | "/my-day"
    | "/my-data"
    | "/viewings"
    | "/people"
    | "/teams"
    | "/settings"
    | "/downloads"
    | "/audit"
    | "/system";
  word: string;
  /** More words that the command palette finds it by, in lower case. */
  also?: string;
  icon: LucideIcon;
  roles: readonly Role[];
}

/** The rail, from top to bottom. A page appears here when it exists, for the roles that may open it. */
const NAVIGATION: readonly NavigationItem[] = [
  { to: "/", word: "Dashboard", icon: LayoutDashboard, roles: ["manager", "admin"] },
  { to: "/live", word: "Live wall", also: "screens watch", icon: MonitorPlay, roles: ["manager", "admin"] },
  { to: "/hours", word: "Work hours", also: "time sessions", icon: Clock, roles: ["manager", "admin"] },
  { to: "/activity", word: "Activity", also: "recent today", icon: Activity, roles: ["manager", "admin"] },
  { to: "/screenshots", word: "Screenshots", also: "pictures", icon: Images, roles: ["manager", "admin"] },
  { to: "/people", word: "People", also: "employees accounts", icon: Users, roles: ["manager", "admin"] },
  { to: "/teams", word: "Teams", icon: UsersRound, roles: ["manager", "admin"] },
  { to: "/settings", word: "Setup", also: "settings organization policy", icon: Settings, roles: ["admin"] },
  { to: "/downloads", word: "Downloads", also: "agent install", icon: Download, roles: ["manager", "admin"] },
  { to: "/viewings", word: "Viewings", also: "watched log", icon: Eye, roles: ["manager", "admin"] },
  { to: "/audit", word: "Audit", also: "log changes", icon: ScrollText, roles: ["admin"] },
  { to: "/system", word: "System", also: "health version storage", icon: Server, roles: ["admin"] },
  {
    to: "/my-day",
    word: "My day",
    also: "punch in out break timer hours",
    icon: CalendarClock,
    roles: ["employee", "manager", "admin"],
  },
  { to: "/viewings", word: "Who viewed me", also: "watched log", icon: Eye, roles: ["employee"] },
  {
    to: "/my-data",
    word: "My data",
    also: "export download notice policy devices corrections privacy record",
    icon: FileUser,
    roles: ["employee", "manager", "admin"],
  },
  { to: "/downloads", word: "Downloads", also: "agent install", icon: Download, roles: ["employee"] },
];

export function navigationFor(role: Role): readonly NavigationItem[] {
  return NAVIGATION.filter((item) => item.roles.includes(role));
}
