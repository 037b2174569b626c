import { actions, type Feature, lazyComponent, type NoParams, screen } from '../router';
import { chooseTheme } from '../ui';

declare module '../router' {
  interface ScreenParams {
    settings: NoParams;
    security: NoParams;
  }
}

export const settings: Feature = [
  screen({
    name: 'settings',
    path: '/settings',
    menu: { title: 'Settings', icon: 'settings', key: 's' },
    component: lazyComponent(() => import('./SettingsPage').then(({ SettingsPage }) => SettingsPage)),
  }),
  screen({
    name: 'security',
    path: '/settings/security',
    parent: 'settings',
    menu: { title: 'Security', icon: 'shield' },
    component: lazyComponent(() => import('./security').then(({ SecurityPage }) => SecurityPage)),
  }),
  actions.with(() => [
    { id: 'light', title: 'Light colours', icon: 'sun', run: () => chooseTheme('light') },
    { id: 'dark', title: 'Dark colours', icon: 'moon', run: () => chooseTheme('dark') },
  ]),
];
