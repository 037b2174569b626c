import { type Feature, lazyComponent, type NoParams, screen } from '../router';

declare module '../router' {
  interface ScreenParams {
    connections: NoParams;
  }
}

export const connections: Feature = [
  screen({
    name: 'connections',
    path: '/connections',
    menu: { title: 'Connections', icon: 'connections', key: 'c' },
    component: lazyComponent(() => import('./ConnectionsPage').then(({ ConnectionsPage }) => ConnectionsPage)),
  }),
];
