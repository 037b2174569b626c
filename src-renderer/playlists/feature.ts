import { actions, type Feature, lazyComponent, type NoParams, screen, wholeNumber } from '../router';
import { newPlaylist } from './playlists-store';

declare module '../router' {
  interface ScreenParams {
    playlists: NoParams;
    playlist: { id: number | 'new' };
    import: NoParams;
    'navidrome-config': NoParams;
  }
}

export const playlists: Feature = [
  screen({
    name: 'playlists',
    path: '/playlists',
    menu: { title: 'Playlists', icon: 'playlist' },
    component: lazyComponent(() => import('./PlaylistsPage').then(({ PlaylistsPage }) => PlaylistsPage)),
  }),
  screen({
    name: 'playlist',
    path: '/playlists/:id',
    params: { id: (text) => (text === 'new' ? 'new' : wholeNumber(text)) },
    parent: 'playlists',
    component: lazyComponent(() => import('./BuilderPage').then(({ BuilderPage }) => BuilderPage)),
  }),
  screen({
    name: 'import',
    path: '/playlists/import',
    parent: 'playlists',
    menu: { title: 'Import a playlist', icon: 'playlist' },
    component: lazyComponent(() => import('./import').then(({ ImportPage }) => ImportPage)),
  }),
  screen({
    name: 'navidrome-config',
    path: '/navidrome-config',
    parent: 'playlists',
    menu: { title: 'Set up Navidrome', icon: 'connections' },
    component: lazyComponent(() => import('./NavidromePage').then(({ NavidromePage }) => NavidromePage)),
  }),
  actions.with(() => [{ id: 'playlist', title: 'New playlist', icon: 'add', run: newPlaylist }]),
];
