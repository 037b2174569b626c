import { type Feature, lazyComponent, type NoParams, screen } from '../router';

declare module '../router' {
  interface ScreenParams {
    analytics: NoParams;
  }
}

export const analytics: Feature = [
  screen({
    name: 'analytics',
    path: '/analytics',
    menu: { title: 'Analytics', icon: 'chart', key: 'a' },
    component: lazyComponent(() => import('./AnalyticsPage').then(({ AnalyticsPage }) => AnalyticsPage)),
  }),
];
