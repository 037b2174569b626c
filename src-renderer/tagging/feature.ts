import { type Feature, lazyComponent, screen, wholeNumber } from '../router';

declare module '../router' {
  interface ScreenParams {
    write: { id: number };
  }
}

export const tagging: Feature = [
  screen({
    name: 'write',
    path: '/write/:id',
    params: { id: wholeNumber },
    component: lazyComponent(() => import('./WritePage').then(({ WritePage }) => WritePage)),
    parent: 'library',
  }),
];
