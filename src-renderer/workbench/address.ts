import type { SpecimenName } from './specimens';

export type ShownTheme = 'light' | 'dark' | 'both';

/** What the workbench was asked to show; both themes side by side when the address says nothing. */
export function addressed(search: string): { theme: ShownTheme; framed: SpecimenName | undefined } {
  const asked = new URLSearchParams(search);
  const [theme, component, state] = ['theme', 'component', 'state'].map((name) => asked.get(name));
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : 'both',
    framed: component && state ? { component, state } : undefined,
  };
}

/** Where one state of a component has a page of its own. */
export const addressOf = (theme: ShownTheme, name: SpecimenName): string =>
  `?${new URLSearchParams({ theme, ...name })}`;
