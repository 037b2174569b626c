import { type Feature, lazyComponent, type NoParams, screen } from '../router';
import { soundPanels } from '../tracks';

declare module '../router' {
  interface ScreenParams {
    mixes: NoParams;
  }
}

export const similarity: Feature = [
  screen({
    name: 'mixes',
    path: '/mixes',
    menu: { title: 'Mixes', icon: 'mix', key: 'x' },
    component: lazyComponent(() => import('./MixesPage').then(({ MixesPage }) => MixesPage)),
  }),
  soundPanels.with(lazyComponent(() => import('./SimilarTracks').then(({ SimilarTracks }) => SimilarTracks))),
];
