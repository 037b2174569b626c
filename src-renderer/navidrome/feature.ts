import { kindParts } from '../connections';
import { type Feature, lazyComponent } from '../router';
import { tagPanels } from '../tracks';

export const navidrome: Feature = [
  kindParts.with({
    kind: 'navidrome',
    Details: lazyComponent(() => import('./NavidromeDetails').then(({ NavidromeDetails }) => NavidromeDetails)),
  }),
  tagPanels.with(lazyComponent(() => import('./InNavidrome').then(({ InNavidrome }) => InNavidrome))),
];
