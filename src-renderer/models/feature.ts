import { type Feature, lazyComponent, type NoParams, screen } from '../router';

declare module '../router' {
  interface ScreenParams {
    models: NoParams;
  }
}

export const models: Feature = [
  screen({
    name: 'models',
    path: '/models',
    menu: { title: 'Models', icon: 'models', key: 'm' },
    component: lazyComponent(() => import('./ModelsPage').then(({ ModelsPage }) => ModelsPage)),
  }),
];
