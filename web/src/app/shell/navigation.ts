import {
  Activity,
  CalendarClock,
  Clock,
  Download,
  Eye,
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
    | "/viewings"
    | "/people"
    | "/teams"
    | "/settings"
    | "/downloads"
    | "/audit"
    | "/system";
  word: string;
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
  { to: "/my-day", word: "My day", icon: CalendarClock, roles: ["employee", "manager", "admin"] },
  { to: "/people", word: "People", icon: Users, roles: ["manager", "admin"] },
  { to: "/teams", word: "Teams", icon: UsersRound, roles: ["manager", "admin"] },
  { to: "/settings", word: "Setup", icon: Settings, roles: ["admin"] },
  { to: "/downloads", word: "Downloads", icon: Download, roles: ["employee", "manager", "admin"] },
  { to: "/viewings", word: "Who viewed me", icon: Eye, roles: ["employee"] },
  { to: "/viewings", word: "Viewings", icon: Eye, roles: ["manager", "admin"] },
  { to: "/audit", word: "Audit", icon: ScrollText, roles: ["admin"] },
  { to: "/system", word: "System", icon: Server, roles: ["admin"] },
];

export function navigationFor(role: Role): readonly NavigationItem[] {
  return NAVIGATION.filter((item) => item.roles.includes(role));
}
