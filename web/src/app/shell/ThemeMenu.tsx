import { Monitor, Moon, Sun } from "lucide-react";
import { Menu, MenuItem } from "@/ui/Menu";
import { chooseTheme, type Theme, useTheme } from "@/ui/theme";

/** What one may choose from; `title` says it where nothing around it does. */
export const THEMES: readonly { theme: Theme; word: string; title: string; icon: typeof Sun }[] = [
  { theme: "light", word: "Light", title: "Light theme", icon: Sun },
  { theme: "dark", word: "Dark", title: "Dark theme", icon: Moon },
  { theme: "system", word: "As the system", title: "Theme as the system", icon: Monitor },
];

/** Light, dark, or as the device wants it. */
export function ThemeMenu() {
  const chosen = useTheme();
  const Face = THEMES.find(({ theme }) => theme === chosen)?.icon ?? Monitor;
  return (
    <Menu label="Theme" face={<Face size={16} aria-hidden />}>
      {THEMES.map(({ theme, word, icon: Icon }) => (
        <MenuItem
          key={theme}
          icon={<Icon size={16} aria-hidden />}
          isChosen={theme === chosen}
          onSelect={() => chooseTheme(theme)}
        >
          {word}
        </MenuItem>
      ))}
    </Menu>
  );
}
