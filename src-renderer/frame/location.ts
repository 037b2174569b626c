import { useSyncExternalStore } from 'react';

/** The screens that stand in the sidebar. */
const SCREEN_NAMES = [
  'library',
  'playlists',
  'queue',
  'mixes',
  'analytics',
  'calibration',
  'models',
  'connections',
  'settings',
] as const;
export type ScreenName = (typeof SCREEN_NAMES)[number];

/** Where the page is; kept behind `#`, so that it works from any folder of any server. */
export type Place =
  | { screen: ScreenName | 'navidrome-config' | 'import' }
  | { screen: 'track'; id: number }
  | { screen: 'playlist'; id: number | 'new' };

export function hrefOf(place: Place): string {
  if (place.screen === 'track') return `#/library/track/${place.id}`;
  if (place.screen === 'import') return '#/playlists/import';
  return place.screen === 'playlist' ? `#/playlists/${place.id}` : `#/${place.screen}`;
}

export const goTo = (place: Place): void => {
  window.location.hash = hrefOf(place);
};

/** The place that a fragment names; the library for anything unknown. */
export function placeOf(fragment: string): Place {
  const track = /^#\/library\/track\/(\d+)$/.exec(fragment);
  if (track) return { screen: 'track', id: Number(track[1]) };
  const playlist = /^#\/playlists\/(\d+|new)$/.exec(fragment)?.[1];
  if (playlist) return { screen: 'playlist', id: playlist === 'new' ? 'new' : Number(playlist) };
  if (fragment === '#/navidrome-config') return { screen: 'navidrome-config' };
  if (fragment === '#/playlists/import') return { screen: 'import' };
  const screen = SCREEN_NAMES.find((name) => fragment === `#/${name}`);
  return { screen: screen ?? 'library' };
}

function listen(onChange: () => void) {
  window.addEventListener('hashchange', onChange);
  return () => window.removeEventListener('hashchange', onChange);
}

export function usePlace(): Place {
  return placeOf(useSyncExternalStore(listen, () => window.location.hash));
}
