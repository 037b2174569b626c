import { actions, type Feature, lazyComponent, type NoParams, screen, sidebarFoot } from '../router';
import { QueueLine } from './QueueLine';
import { useQueueActions } from './use-queue-actions';

declare module '../router' {
  interface ScreenParams {
    queue: NoParams;
  }
}

export const queue: Feature = [
  screen({
    name: 'queue',
    path: '/queue',
    menu: { title: 'Queue', icon: 'queue', key: 'q' },
    component: lazyComponent(() => import('./QueuePage').then(({ QueuePage }) => QueuePage)),
  }),
  sidebarFoot.with(QueueLine),
  actions.with(useQueueActions),
];
