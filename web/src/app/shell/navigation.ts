import { LayoutDashboard, type LucideIcon, UserRound } from "lucide-react";
import type { Role } from "@/api/types";

export interface NavigationItem {
  to: "/";
  word: string;
  icon: LucideIcon;
  roles: readonly Role[];
}

/** The rail, from top to bottom. A page appears here when it exists, for the roles that may open it. */
const NAVIGATION: readonly NavigationItem[] = [
  { to: "/", word: "Dashboard", icon: LayoutDashboard, roles: ["manager", "admin"] },
  { to: "/", word: "My status", icon: UserRound, roles: ["employee"] },
];

export function navigationFor(role: Role): readonly NavigationItem[] {
  return NAVIGATION.filter((item) => item.roles.includes(role));
}
