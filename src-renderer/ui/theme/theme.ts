import { useSyncExternalStore } from 'react';

export type Theme = 'system' | 'light' | 'dark';
const STORED_AS = 'tonearm.theme';
const listeners = new Set<() => void>();

function currentTheme(): Theme {
  const stored = window.localStorage.getItem(STORED_AS);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

/** Shows the theme that was chosen on this machine; the system's when none was. */
export function applyTheme(): void {
  const theme = currentTheme();
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function chooseTheme(theme: Theme): void {
  window.localStorage.setItem(STORED_AS, theme);
  applyTheme();
  for (const listener of listeners) listener();
}

export function useTheme(): Theme {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, currentTheme);
}
