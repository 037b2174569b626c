import { kindParts } from '../connections';
import { type Feature, lazyComponent } from '../router';

export const lidarr: Feature = [
  kindParts.with({
    kind: 'lidarr',
    Details: lazyComponent(() => import('./LidarrDetails').then(({ LidarrDetails }) => LidarrDetails)),
    Removal: lazyComponent(() => import('./RemoveLidarr').then(({ RemoveLidarr }) => RemoveLidarr)),
  }),
];
