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
        'auth',
        'backups',
        'clock',
        'database',
        'events',
        'health',
        'logs',
        'paths',
        'settings',
        'worker-thread',
      ],
    },
    { name: 'jobs', folders: ['queue'] },
    { name: 'analysis', folders: ['audio', 'inference'] },
    { name: 'files', folders: ['safe-files', 'tag-formats', 'verify'] },
    { name: 'library', folders: ['libraries', 'tracks', 'moods', 'tagging', 'calibration'] },
    { name: 'discovery', folders: ['analytics', 'similarity', 'playlists'] },
    {
      name: 'servers',
      folders: ['connections', 'webhooks-in', 'path-mapping', 'publishing', 'arr/lidarr', 'media-server/navidrome'],
    },
    { name: 'compat', folders: ['nomarr'] },
    { name: 'app' },
    { name: 'transport', folders: ['http', 'ipc', 'shell', 'serve', 'cli'] },
  ],
};

/** The files that stand beside the layers: they start the application, may import all, and nobody imports them. */
const ENTRIES = { 'src-main': ['index.ts', 'headless.ts'], 'src-renderer': ['main.tsx', 'App.tsx'] };

/** What may be imported from anywhere, past an index and past the layers. */
const isContract = (file) => /(^|\/)contract\.ts$/.test(file);

/** Folders that only gather others: they have no index and are entered through their folders' own. */
export function isGroup(folder) {
  const [root, ...rest] = folder.split('/');
  const layers = LAYERS[root];
  if (!layers) return false;
  if (rest.length === 0) return true;
  const layer = layers.find(({ name }) => name === rest[0]);
  const inside = rest.slice(1).join('/');
  return layer?.folders !== undefined && (inside === '' || layer.folders.some((each) => each.startsWith(`${inside}/`)));
}

/** Where a file stands: its layer's number, or one past the last for the entries, or undefined where nobody listed it. */
export function placeOf(file) {
  const [root, ...rest] = file.split('/');
  const layers = LAYERS[root];
  if (rest.length === 1)
    return ENTRIES[root].includes(rest[0]) || rest[0].endsWith('.d.ts') ? layers.length : undefined;
  const number = layers.findIndex(({ name }) => name === rest[0]);
  if (number < 0) return undefined;
  const { folders } = layers[number];
  if (!folders) return number;
  const inside = rest.slice(1, -1).join('/');
  return folders.some((folder) => inside === folder || inside.startsWith(`${folder}/`)) ? number : undefined;
}

export { isContract };
