import { join } from 'node:path/posix';

/**
 * The layers of the application, from the ground up: a layer imports only those above it in its list. A folder that
 * is not named here is refused, so that a new one gets its place by a decision. `docs/architecture.md` says why.
 */
export const LAYERS = {
  'src-main': [
    { name: 'rpc' },
    {
      name: 'platform',
      folders: [
        'audit',
        'auth',
        'backups',
        'clock',
        'database',
        'events',
        'file-stamp',
        'health',
        'logs',
        'natural-order',
        'paths',
        'reverse-proxy',
        'scheduler',
        'sealing',
        'settings',
        'worker-process',
        'worker-thread',
      ],
    },
    { name: 'jobs', folders: ['queue'] },
    { name: 'analysis', folders: ['audio', 'inference'] },
    { name: 'files', folders: ['safe-files', 'tag-formats', 'contained-readers', 'verify'] },
    { name: 'library', folders: ['libraries', 'tracks', 'moods', 'tagging', 'calibration'] },
    { name: 'discovery', folders: ['analytics', 'similarity', 'playlists'] },
    {
      name: 'servers',
      folders: [
        'connections',
        'connection-kinds',
        'webhooks-in',
        'path-mapping',
        'publishing',
        'arr/client',
        'arr/lidarr',
        'media-server/rescans',
        'media-server/navidrome',
      ],
    },
    { name: 'compat', folders: ['nomarr', 'stillwater', 'aniworld', 'qbitrr'] },
    { name: 'app' },
    { name: 'transport', folders: ['http', 'ipc', 'shell', 'serve', 'cli'] },
  ],
  'src-renderer': [
    { name: 'ui' },
    { name: 'api' },
    { name: 'router' },
    {
      name: 'features',
      at: '.',
      folders: [
        'analytics',
        'auth',
        'calibration',
        'connections',
        'drop',
        'libraries',
        'lidarr',
        'models',
        'navidrome',
        'palette',
        'playlists',
        'queue',
        'settings',
        'similarity',
        'tagging',
        'tracks',
        'welcome',
      ],
    },
    { name: 'frame' },
    { name: 'workbench' },
  ],
};

/** The files that stand beside the layers: they start the application, may import all, and nobody imports them. */
const ENTRIES = { 'src-main': ['index.ts', 'headless.ts'], 'src-renderer': ['main.tsx', 'App.tsx', 'features.ts'] };

/** The folders of a layer, relative to its root: its own, or those that it gathers, which may stand `at` another place. */
const foldersOf = ({ name, at = name, folders }) => folders?.map((folder) => join(at, folder)) ?? [name];
const isAtOrIn = (folder, other) => folder === other || folder.startsWith(`${other}/`);

/** What may be imported from anywhere, past an index and past the layers. */
const isContract = (file) => /(^|\/)contract\.ts$/.test(file);

/** Folders that only gather others: they have no index and are entered through their folders' own. */
export function isGroup(folder) {
  const [root, ...rest] = folder.split('/');
  const layers = LAYERS[root];
  if (!layers) return false;
  if (rest.length === 0) return true;
  const inside = rest.join('/');
  const all = layers.flatMap(foldersOf);
  return !all.some((each) => isAtOrIn(inside, each)) && all.some((each) => isAtOrIn(each, inside));
}

/** Where a file stands: its layer's number, or one past the last for the entries, or undefined where nobody listed it. */
export function placeOf(file) {
  const [root, ...rest] = file.split('/');
  const layers = LAYERS[root];
  if (rest.length === 1)
    return ENTRIES[root].includes(rest[0]) || rest[0].endsWith('.d.ts') ? layers.length : undefined;
  const inside = rest.slice(0, -1).join('/');
  const number = layers.findIndex((layer) => foldersOf(layer).some((folder) => isAtOrIn(inside, folder)));
  return number < 0 ? undefined : number;
}

export { isContract };
