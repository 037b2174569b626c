import { useSyncExternalStore } from 'react';
import { type Screen, type ScreenLocation, type ScreenName, screens } from './screen';

/** The address of a location, kept behind `#`, so that it works from any folder of any server. */
export function hrefOf(location: ScreenLocation): string {
  const params = new Map<string, unknown>(Object.entries(location));
  const parts = screenOf(location.screen).path.split('/');
  return `#${parts.map((part) => (part.startsWith(':') ? params.get(part.slice(1)) : part)).join('/')}`;
}

export const goTo = (location: ScreenLocation): void => {
  window.location.hash = hrefOf(location);
};

/** The location that a fragment names; the first screen for anything unknown. */
export function locationOf(fragment: string): ScreenLocation {
  for (const screen of screens.items()) {
    const params = paramsOf(screen, fragment);
    if (params) return { screen: screen.name, ...params } as unknown as ScreenLocation;
  }
  return { screen: screens.items()[0].name } as ScreenLocation;
}

function paramsOf({ path, params = {} }: Screen, fragment: string): Record<string, unknown> | undefined {
  const [wanted, given] = [path.split('/'), fragment.replace(/^#/, '').split('/')];
  if (wanted.length !== given.length) return undefined;
  const read: Record<string, unknown> = {};
  for (const [index, part] of wanted.entries()) {
    if (!part.startsWith(':')) {
      if (part !== given[index]) return undefined;
      continue;
    }
    const name = part.slice(1);
    read[name] = params[name]?.(given[index]);
    if (read[name] === undefined) return undefined;
  }
  return read;
}

/** The screen of a name. */
export function screenOf(name: ScreenName): Screen {
  const found = screens.items().find((screen) => screen.name === name);
  if (!found) throw new Error(`No feature declares the screen "${name}".`);
  return found;
}

function listen(onChange: () => void) {
  window.addEventListener('hashchange', onChange);
  return () => window.removeEventListener('hashchange', onChange);
}

export function useScreenLocation(): ScreenLocation {
  return locationOf(useSyncExternalStore(listen, () => window.location.hash));
}
