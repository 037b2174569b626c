import { useSyncExternalStore } from 'react';
import { type Place, type Screen, type ScreenName, screens } from './screen';

/** The address of a place, kept behind `#`, so that it works from any folder of any server. */
export function hrefOf(place: Place): string {
  const params = new Map<string, unknown>(Object.entries(place));
  const parts = screenOf(place.screen).path.split('/');
  return `#${parts.map((part) => (part.startsWith(':') ? params.get(part.slice(1)) : part)).join('/')}`;
}

export const goTo = (place: Place): void => {
  window.location.hash = hrefOf(place);
};

/** The place that a fragment names; the first screen for anything unknown. */
export function placeOf(fragment: string): Place {
  for (const screen of screens.items()) {
    const params = paramsOf(screen, fragment);
    if (params) return { screen: screen.name, ...params } as unknown as Place;
  }
  return { screen: screens.items()[0].name } as Place;
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

export function usePlace(): Place {
  return placeOf(useSyncExternalStore(listen, () => window.location.hash));
}
