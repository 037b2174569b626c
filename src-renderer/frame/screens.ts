import type { IconName } from '../ui';
import type { ScreenName } from './location';

/** The screens of the sidebar, in their order. */
export const SCREENS: readonly {
  screen: ScreenName;
  title: string;
  icon: IconName;
}[] = [
  { screen: 'library', title: 'Library', icon: 'library' },
  { screen: 'queue', title: 'Queue', icon: 'queue' },
  { screen: 'playlists', title: 'Playlists', icon: 'playlist' },
  { screen: 'mixes', title: 'Mixes', icon: 'mix' },
  { screen: 'analytics', title: 'Analytics', icon: 'chart' },
  { screen: 'calibration', title: 'Calibration', icon: 'wave' },
  { screen: 'models', title: 'Models', icon: 'models' },
  { screen: 'connections', title: 'Connections', icon: 'connections' },
  { screen: 'settings', title: 'Settings', icon: 'settings' },
];
