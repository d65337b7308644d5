import { useNavigate } from "@tanstack/react-router";
import { Clock, Eye, Images, LayoutDashboard, MonitorPlay, UserRound } from "lucide-react";
import type { EmployeeId } from "@/api/types";
import { usePresence } from "@/features/presence/hooks/presenceContext";
import { trackKey } from "@/lib/frames/trackKey";
import { useMe } from "../useMe";
import type { Command } from "./findCommands";

/** What may be opened of somebody by whom manages them, the most wanted first. */
export function usePersonCommands(): (person: { employee: EmployeeId; name: string }) => readonly Command[] {
  const { capabilities } = useMe();
  const { store } = usePresence();
  const navigate = useNavigate();
  return ({ employee, name }) => {
    const [track] = store.entry(employee)?.tracks ?? [];
    const screen: Command = {
      id: "screen",
      word: "Their screen, live",
      detail: "They are shown that you watch",
      also: "watch display view",
      icon: <MonitorPlay size={16} aria-hidden />,
      onTake: () => void navigate({ to: "/live", search: { open: trackKey({ employee, track: track ?? 0 }) } }),
    };
    const hours: Command = {
      id: "hours",
      word: "Their hours",
      also: "work time sessions today",
      icon: <Clock size={16} aria-hidden />,
      onTake: () => void navigate({ to: "/hours", search: { q: employee, open: employee } }),
    };
    const screenshots: Command = {
      id: "screenshots",
      word: "Their screenshots",
      also: "pictures",
      icon: <Images size={16} aria-hidden />,
      onTake: () => void navigate({ to: "/screenshots", search: { employee } }),
    };
    return [
      hours,
      ...(capabilities.includes("watch_screen") && track !== undefined ? [screen] : []),
      screenshots,
      {
        id: "board",
        word: "Their card on the dashboard",
        also: "status presence",
        icon: <LayoutDashboard size={16} aria-hidden />,
        onTake: () => void navigate({ to: "/", search: { q: name } }),
      },
      {
        id: "viewings",
        word: "Who viewed them",
        also: "viewings watched log",
        icon: <Eye size={16} aria-hidden />,
        onTake: () => void navigate({ to: "/viewings", search: { employee } }),
      },
      {
        id: "account",
        word: "Their account",
        also: "role team devices policy settings",
        icon: <UserRound size={16} aria-hidden />,
        onTake: () => void navigate({ to: "/people/$id", params: { id: employee } }),
      },
    ];
  };
}
