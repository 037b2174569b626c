import { useSyncExternalStore } from 'react';

/** Where the page is; kept behind `#`, so that it works from any folder of any server. */
export type Place =
  | { screen: 'library' | 'queue' | 'mixes' | 'calibration' | 'models' | 'settings' }
  | { screen: 'track'; id: number };

export const hrefOf = (place: Place): string =>
  place.screen === 'track' ? `#/library/track/${place.id}` : `#/${place.screen}`;

export const goTo = (place: Place): void => {
  window.location.hash = hrefOf(place);
};

/** The place that a fragment names; the library for anything unknown. */
export function placeOf(fragment: string): Place {
  const track = /^#\/library\/track\/(\d+)$/.exec(fragment);
  if (track) return { screen: 'track', id: Number(track[1]) };
  const screen = /^#\/(library|queue|mixes|calibration|models|settings)$/.exec(fragment)?.[1];
  return { screen: (screen ?? 'library') as 'library' };
}

function listen(onChange: () => void) {
  window.addEventListener('hashchange', onChange);
  return () => window.removeEventListener('hashchange', onChange);
}

export function usePlace(): Place {
  return placeOf(useSyncExternalStore(listen, () => window.location.hash));
}
