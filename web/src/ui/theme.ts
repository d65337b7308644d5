import { useSyncExternalStore } from "react";

/** `system` follows the device. Its twin before the first paint is public/theme.js. */
export type Theme = "light" | "dark" | "system";

const KEY = "muster.theme";
const listeners = new Set<() => void>();

function read(): Theme {
  const theme = localStorage.getItem(KEY);
  return theme === "light" || theme === "dark" ? theme : "system";
}

function apply(): void {
  const theme = read();
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  for (const listener of listeners) listener();
}

/** Chooses for this browser; other tabs follow. */
export function chooseTheme(theme: Theme): void {
  localStorage.setItem(KEY, theme);
  apply();
}

/** The choice, not what it looks like: tokens follow by themselves. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, read);
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) window.addEventListener("storage", apply);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener("storage", apply);
  };
}
