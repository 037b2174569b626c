import { type Feature, lazyComponent, type NoParams, screen, searches, wholeNumber } from '../router';
import { useTrackSearch } from './use-track-search';

declare module '../router' {
  interface ScreenParams {
    library: NoParams;
    track: { id: number };
  }
}

export const tracks: Feature = [
  screen({
    name: 'library',
    path: '/library',
    menu: { title: 'Library', icon: 'library', key: 'l' },
    component: lazyComponent(() => import('./LibraryScreen').then(({ LibraryScreen }) => LibraryScreen)),
  }),
  screen({
    name: 'track',
    path: '/library/track/:id',
    params: { id: wholeNumber },
    parent: 'library',
    component: lazyComponent(() => import('./TrackPage').then(({ TrackPage }) => TrackPage)),
  }),
  searches.with(useTrackSearch),
];
