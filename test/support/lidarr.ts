import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

const KEY = 'a-key-of-lidarr';

interface Field {
  name: string;
  value?: unknown;
}
interface Webhook {
  id?: number;
  name?: string;
  implementation: string;
  fields: Field[];
  [flag: string]: unknown;
}

/** What a stand-in knows; a test changes it as it likes. */
function aState() {
  return {
    version: '2.14.5.4836',
    isDocker: false,
    rootFolders: [{ id: 1, path: '/music', accessible: true }],
    artists: [] as { id: number; artistName: string; path: string; statistics: { trackFileCount: number } }[],
    trackFiles: new Map<number, { id: number; path: string; size: number }[]>(),
    history: [] as Record<string, unknown>[],
    notifications: [] as Webhook[],
    metadataProvider: { id: 1, writeAudioTags: 'no', scrubAudioTags: false },
    mediaManagement: { id: 1, watchLibraryForChanges: true, recycleBin: '', fileDate: 'none' },
    /** Versions before 2.9.4 send no headers of one's own. */
    hasHeaders: true,
    /** Answers with this status to everything, as when it starts. */
    failsWith: 0,
  };
}

/** A Lidarr that answers as one does, below a path of its own, and calls webhooks as one does. */
export async function startLidarr({ urlBase = '/lidarr' } = {}) {
  const state = aState();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    answer(request, response).catch((thrown) => send(response, 500, { message: String(thrown) }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${urlBase}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url!, url);
    const body = await text(request);
    const json = body === '' ? undefined : JSON.parse(body);
    const path = pathname.replace(`${urlBase}/api/v1`, '');
    asked.push(`${request.method} ${path}`);
    if (state.failsWith) return send(response, state.failsWith, { message: 'starting' });
    if (!pathname.startsWith(`${urlBase}/api/v1/`)) return send(response, 404, { message: 'NotFound' });
    if (request.headers['x-api-key'] !== KEY) return send(response, 401, { error: 'Unauthorized' });
    if (path.startsWith('/notification')) return notification(request.method!, path, json, response);
    const found = read(path, searchParams);
    send(response, found === undefined ? 404 : 200, found ?? { message: 'NotFound' });
  }

  function read(path: string, query: URLSearchParams): unknown {
    switch (path) {
      case '/system/status':
        return { appName: 'Lidarr', instanceName: 'Lidarr', version: state.version, isDocker: state.isDocker };
      case '/rootfolder':
        return state.rootFolders;
      case '/artist':
        return state.artists;
      case '/trackfile':
        return state.trackFiles.get(Number(query.get('artistId'))) ?? [];
      case '/history/since':
        return state.history.filter(({ date }) => Date.parse(date as string) >= Date.parse(query.get('date')!));
      case '/config/metadataprovider':
        return state.metadataProvider;
      case '/config/mediamanagement':
        return state.mediaManagement;
      default:
        return undefined;
    }
  }

  async function notification(method: string, path: string, json: Webhook, response: ServerResponse): Promise<void> {
    const id = Number(path.split('/')[2]);
    if (method === 'GET' && path === '/notification') return send(response, 200, state.notifications);
    if (method === 'GET' && path === '/notification/schema') return send(response, 200, schema(state.hasHeaders));
    if (method === 'DELETE') {
      state.notifications = state.notifications.filter((each) => each.id !== id);
      return send(response, 200, {});
    }
    // Both making and changing one try it out.
    const status = await post(json, payloads.test());
    if (status >= 400 || status === 0) {
      const errorMessage = `Unable to send test message: HTTP ${status}`;
      return send(response, 400, [{ propertyName: 'Url', errorMessage, severity: 'error' }]);
    }
    if (path === '/notification/test') return send(response, 200, {});
    const kept = { ...json, id: method === 'PUT' ? id : state.notifications.length + 1 };
    state.notifications = [...state.notifications.filter((each) => each.id !== kept.id), kept];
    send(response, method === 'PUT' ? 202 : 201, kept);
  }

  /** Calls a webhook as Lidarr does; the status of the answer, 0 when there was none. */
  async function post({ fields }: Pick<Webhook, 'fields'>, payload: unknown): Promise<number> {
    const value = (name: string) => fields.find((field) => field.name === name)?.value;
    const headers: Record<string, string> = { 'Content-Type': 'application/json', 'User-Agent': 'Lidarr/2.14.5' };
    if (value('username') || value('password')) {
      const pair = `${value('username') ?? ''}:${value('password') ?? ''}`;
      headers.Authorization = `Basic ${Buffer.from(pair, 'latin1').toString('base64')}`;
    }
    for (const { key, value: text } of (value('headers') ?? []) as { key: string; value: string }[])
      headers[key] = text;
    const body = typeof payload === 'string' ? payload : JSON.stringify(payload, null, 2);
    const method = value('method') === 2 ? 'PUT' : 'POST';
    return fetch(String(value('url')), { method, headers, body }).then(
      ({ status }) => status,
      () => 0,
    );
  }

  return {
    url,
    key: KEY,
    state,
    asked,
    /** Tells all webhooks, one after the other; the statuses of their answers. */
    async tell(payload: unknown): Promise<number[]> {
      const statuses: number[] = [];
      for (const webhook of state.notifications) statuses.push(await post(webhook, payload));
      return statuses;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
export type StandInLidarr = Awaited<ReturnType<typeof startLidarr>>;

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

function schema(hasHeaders: boolean): Webhook[] {
  const names = ['url', 'method', 'username', 'password', ...(hasHeaders ? ['headers'] : [])];
  const flags = [
    'onGrab',
    'onReleaseImport',
    'onUpgrade',
    'onRename',
    'onArtistAdd',
    'onArtistDelete',
    'onAlbumDelete',
  ];
  const more = [
    'onHealthIssue',
    'onHealthRestored',
    'onDownloadFailure',
    'onImportFailure',
    'onTrackRetag',
    'onApplicationUpdate',
  ];
  const webhook: Webhook = {
    implementation: 'Webhook',
    configContract: 'WebhookSettings',
    fields: names.map((name, order) => ({ order, name })),
    includeHealthWarnings: false,
    tags: [],
  };
  for (const flag of [...flags, ...more]) webhook[flag] = false;
  return [{ implementation: 'Email', fields: [{ name: 'server' }] }, webhook];
}

const ARTIST = {
  id: 42,
  name: 'Boards of Canada',
  disambiguation: 'Scottish electronic duo',
  path: '/music/Boards of Canada',
  mbId: '69158f97-4c07-4c4e-baf8-4e4ab1ed666e',
  type: 'Group',
  genres: ['IDM'],
  images: [],
  tags: ['auto-tag'],
};
const ALBUM = {
  id: 310,
  mbId: 'f31a6a5d-0a3a-3b0c-8f3b-2c1f0e7f5a11',
  title: 'Geogaddi',
  albumType: 'Album',
  secondaryAlbumTypes: [],
  releaseDate: '2002-02-13T00:00:00Z',
  genres: ['IDM'],
  images: [],
};
const FROM = { instanceName: 'Lidarr', applicationUrl: '' };

export interface PostedFile {
  id: number;
  path: string;
  size?: number;
}
const file = ({ id, path, size = 5_123_456 }: PostedFile) => ({
  ...{ id, path, quality: 'FLAC', qualityVersion: 1, releaseGroup: 'GRP', size },
  dateAdded: '2026-11-20T21:14:03Z',
});

/** What Lidarr posts, one of each type; every change goes over what is told otherwise. */
export const payloads = {
  test: () => ({
    artist: { id: 1, name: 'Test Name', path: 'C:\\testpath', mbId: 'aaaaa-aaa-aaaa-aaaaaa', tags: ['test-tag'] },
    albums: [{ id: 123, title: 'Test title' }],
    eventType: 'Test',
    ...FROM,
  }),
  grab: (downloadId = '0F3A9C') => ({
    artist: ARTIST,
    albums: [ALBUM],
    release: { quality: 'FLAC', releaseTitle: 'Boards of Canada - Geogaddi (2002) [FLAC]', size: 431_230_976 },
    downloadClient: 'qbit',
    downloadId,
    eventType: 'Grab',
    ...FROM,
  }),
  download: (files: readonly PostedFile[], changes: Record<string, unknown> = {}) => ({
    artist: ARTIST,
    album: ALBUM,
    tracks: files.map(({ id }) => ({ id: id + 4000, title: 'A track', trackNumber: 'A1', qualityVersion: 0 })),
    trackFiles: files.map(file),
    isUpgrade: false,
    downloadClient: 'qbit',
    downloadId: '0F3A9C',
    eventType: 'Download',
    ...FROM,
    ...changes,
  }),
  upgrade: (files: readonly PostedFile[], deleted: readonly PostedFile[]) => ({
    ...payloads.download(files, { isUpgrade: true, downloadId: undefined }),
    deletedFiles: deleted.map(file),
  }),
  retag: (posted: PostedFile) => ({ artist: ARTIST, trackFile: file(posted), eventType: 'Retag', ...FROM }),
  rename: (files: readonly (PostedFile & { from: string })[]) => ({
    artist: ARTIST,
    renamedTrackFiles: files.map(({ from, ...posted }) => ({ previousPath: from, ...file(posted) })),
    eventType: 'Rename',
    ...FROM,
  }),
  artistAdd: () => ({ artist: ARTIST, eventType: 'ArtistAdd', ...FROM }),
  artistDelete: (deletedFiles: boolean) => ({ artist: ARTIST, deletedFiles, eventType: 'ArtistDelete', ...FROM }),
  albumDelete: (deletedFiles: boolean) => ({
    artist: ARTIST,
    album: ALBUM,
    deletedFiles,
    eventType: 'AlbumDelete',
    ...FROM,
  }),
  downloadFailure: (downloadId = '0F3A9C') => ({
    ...{
      quality: 'FLAC',
      releaseTitle: 'Boards of Canada - Geogaddi (2002) [FLAC]',
      downloadClient: 'qbit',
      downloadId,
    },
    ...{ eventType: 'DownloadFailure', ...FROM },
  }),
  importFailure: () => ({ tracks: [], trackFiles: [], isUpgrade: false, eventType: 'ImportFailure', ...FROM }),
  health: (eventType: 'Health' | 'HealthRestored' = 'Health') => ({
    level: 'warning',
    message: 'Indexers unavailable due to failures: ExampleIndexer',
    type: 'IndexerStatusCheck',
    wikiUrl: 'https://wiki.servarr.com/lidarr/system',
    eventType,
    instanceName: 'Lidarr',
  }),
  applicationUpdate: () => ({
    message: 'Lidarr updated from 2.13.3.4711 to 2.14.5.4836',
    previousVersion: '2.13.3.4711',
    newVersion: '2.14.5.4836',
    eventType: 'ApplicationUpdate',
    ...FROM,
  }),
};
