import { useNavigate } from "@tanstack/react-router";
import { Bell, LogOut, UserRound } from "lucide-react";
import { useState } from "react";
import type { EmployeeId } from "@/api/types";
import { usePresence } from "@/features/presence/hooks/presenceContext";
import { findPeople } from "@/features/presence/model/findPeople";
import { Palette, type PaletteGroup } from "@/ui/Palette";
import { chooseTheme } from "@/ui/theme";
import { useMe } from "../useMe";
import { type Command, filledGroups, findCommands } from "./findCommands";
import { navigationFor } from "./navigation";
import { usePersonCommands } from "./personCommands";
import { THEMES } from "./ThemeMenu";
import { useSignOut } from "./useSignOut";

/** More than these nobody reads; one types another letter instead. */
const PEOPLE_MAX = 8;

/** Goes to a page, finds somebody and what may be done with them, changes the theme, signs out: all by typing. */
export function CommandPalette({ onClose }: { onClose: () => void }) {
  const { role } = useMe();
  const { store } = usePresence();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const [about, setAbout] = useState<{ employee: EmployeeId; name: string }>();
  const commandsFor = usePersonCommands();

  const pages: readonly Command[] = navigationFor(role).map(({ to, word, icon: Icon, also }) => ({
    id: to,
    word,
    also,
    icon: <Icon size={16} aria-hidden />,
    onTake: () => void navigate({ to }),
  }));
  const alerts: Command = {
    id: "/alerts",
    word: "Alerts",
    also: "bell problems attention idle capture outdated settings",
    icon: <Bell size={16} aria-hidden />,
    onTake: () => void navigate({ to: "/alerts" }),
  };
  const acts: readonly Command[] = [
    ...THEMES.map(({ theme, title, icon: Icon }) => ({
      id: theme,
      word: title,
      also: "theme colours appearance mode",
      icon: <Icon size={16} aria-hidden />,
      onTake: () => chooseTheme(theme),
    })),
    {
      id: "sign-out",
      word: "Sign out",
      also: "log out leave exit",
      icon: <LogOut size={16} aria-hidden />,
      onTake: () => void signOut(),
    },
  ];

  function people(text: string): readonly Command[] {
    if (role === "employee" || text.trim() === "") return [];
    return findPeople(store.entries(), text, PEOPLE_MAX).map(({ employee, name }) => ({
      id: employee,
      word: name,
      detail: employee,
      icon: <UserRound size={16} aria-hidden />,
      leads: "deeper",
      onTake: () => setAbout({ employee, name }),
    }));
  }

  function find(text: string): readonly PaletteGroup[] {
    if (about) return filledGroups([{ title: "Open", entries: findCommands(commandsFor(about), text) }]);
    return filledGroups([
      { title: "Pages", entries: findCommands([...pages, alerts], text) },
      { title: "People", entries: people(text) },
      { title: "Actions", entries: findCommands(acts, text) },
    ]);
  }

  return (
    <Palette
      label="Commands"
      placeholder={about ? "What to open" : role === "employee" ? "Go to a page" : "Go to a page, or find a person"}
      subject={about && { word: about.name, onLeave: () => setAbout(undefined) }}
      find={find}
      onClose={onClose}
    />
  );
}
