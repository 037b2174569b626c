import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface StandInSong {
  readonly id: string;
  readonly libraryId: number;
  /** Relative to the library. */
  readonly path: string;
  readonly title: string;
  rawTags?: Record<string, string[]>;
  /** As its configuration would take them now. */
  mappedTags?: Record<string, string[]>;
  /** As its last scan took them. */
  tags?: Record<string, string[]>;
}

interface StandInPlaylist {
  id: string;
  name: string;
  comment: string;
  public: boolean;
  rules?: Record<string, unknown>;
  path?: string;
  songIds: string[];
}

export interface StandInState {
  password: string;
  isAdmin: boolean;
  /** What it says it is. */
  product: string;
  version: string;
  /** Answers every request with 503. */
  isBroken: boolean;
  isScanning: boolean;
  libraries: { id: number; name: string; path: string }[];
  songs: StandInSong[];
  playlists: Map<string, StandInPlaylist>;
  config: {
    Tags: Record<string, { Aliases: string[]; Type?: string }>;
    AutoImportPlaylists: boolean;
    PlaylistsPath: string;
  };
}

/** One call as it arrived, without anything secret. */
interface StandInCall {
  readonly method: string;
  readonly path: string;
  readonly values: Readonly<Record<string, string[]>>;
}

const USER = 'ada';

/** Status, body and, where there is a session, the token to use next. */
type Answer = readonly [status: number, json: unknown, token?: string];

function send(response: ServerResponse, [status, json, token]: Answer): void {
  const headers = { 'Content-Type': 'application/json', ...(token && { 'X-ND-Authorization': token }) };
  response.writeHead(status, headers).end(JSON.stringify(json));
}

/**
 * A Navidrome that keeps what it is told and checks how it is asked: logins of both APIs, content types, rights,
 * tokens that are renewed with each answer. It evaluates no rules and scans nothing.
 */
export async function startNavidrome(given: Partial<StandInState> = {}) {
  const state: StandInState = {
    ...{ password: 'correct horse', isAdmin: true, product: 'navidrome', version: '0.61.0' },
    ...{ isBroken: false, isScanning: false },
    libraries: [{ id: 1, name: 'Music Library', path: '/music' }],
    songs: [],
    playlists: new Map(),
    config: { Tags: {}, AutoImportPlaylists: true, PlaylistsPath: '' },
    ...given,
  };
  const calls: StandInCall[] = [];
  let tokens = new Set<string>();
  let logins = 0;

  const server = createServer((request, response) => {
    bodyOf(request).then(
      (body) => send(response, answer(request, body)),
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  function answer(request: IncomingMessage, body: string): Answer {
    const url = new URL(request.url!, 'http://stand-in');
    if (state.isBroken) return [503, {}];
    const form = request.headers['content-type'] === 'application/x-www-form-urlencoded' ? body : '';
    const values = valuesOf(new URLSearchParams(form || url.search));
    const subsonic = /^\/rest\/(\w+)/.exec(url.pathname)?.[1];
    calls.push({ method: request.method!, path: url.pathname, values: withoutSecrets(values) });
    if (subsonic) return [200, answerSubsonic(state, subsonic, values)];
    if (url.pathname === '/auth/login') return login(body);
    if (!url.pathname.startsWith('/api/')) return [404, {}];
    const token = /^Bearer (.+)$/.exec(String(request.headers['x-nd-authorization'] ?? ''))?.[1] ?? '';
    if (!tokens.delete(token)) return [401, { error: 'Not authenticated' }];
    return [...answerNative(state, request, url, body), newToken()];
  }

  function login(body: string): Answer {
    const { username, password } = JSON.parse(body) as { username?: string; password?: string };
    logins++;
    if (username !== USER || password !== state.password) return [401, { error: 'Invalid username or password' }];
    return [200, { id: '1', name: USER, username: USER, isAdmin: state.isAdmin, token: newToken() }];
  }

  function newToken(): string {
    const token = randomBytes(16).toString('hex');
    tokens.add(token);
    return token;
  }

  return {
    state,
    calls,
    user: USER,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    logins: () => logins,
    /** Every token so far is worth nothing from now on. */
    expireTokens(): void {
      tokens = new Set();
    },
    /** The calls of one Subsonic method or one path. */
    callsOf: (name: string) => calls.filter(({ path }) => path === `/rest/${name}` || path === name),
    stop: () => new Promise<void>((resolve) => void server.close(() => resolve()).closeAllConnections()),
  };
}
export type StandIn = Awaited<ReturnType<typeof startNavidrome>>;

type Values = Readonly<Record<string, string[]>>;

function answerSubsonic(state: StandInState, method: string, values: Values): unknown {
  const expected = createHash('md5')
    .update(state.password + values.s?.[0])
    .digest('hex');
  const envelope = (body: object) => ({
    'subsonic-response': {
      ...{ status: 'ok', version: '1.16.1', type: state.product, serverVersion: state.version, openSubsonic: true },
      ...body,
    },
  });
  const failed = (code: number, message: string) => envelope({ status: 'failed', error: { code, message } });
  if (values.v?.[0] !== '1.16.1' || values.f?.[0] !== 'json' || !values.c) return failed(10, 'missing parameter');
  if (values.u?.[0] !== USER || values.t?.[0] !== expected) return failed(40, 'Wrong username or password');
  const answer = SUBSONIC[method]?.(state, values);
  if (answer === undefined) return failed(70, 'data not found');
  return 'code' in answer ? failed(answer.code as number, 'not allowed') : envelope(answer);
}

const SUBSONIC: Record<string, (state: StandInState, values: Values) => Record<string, unknown> | undefined> = {
  ping: () => ({}),
  getMusicFolders: ({ libraries }) => ({
    musicFolders: { musicFolder: libraries.map(({ id, name }) => ({ id, name })) },
  }),
  getScanStatus: ({ isScanning }) => ({ scanStatus: { scanning: isScanning, count: 1, folderCount: 1 } }),
  startScan: (state) => (state.isAdmin ? { scanStatus: { scanning: true, count: 0, folderCount: 0 } } : { code: 50 }),
  getPlaylists: ({ playlists }) => ({ playlists: { playlist: [...playlists.values()].map(listed) } }),
  getPlaylist({ playlists, songs }, { id: [id] }) {
    const found = playlists.get(id);
    const entry = found?.songIds.map((songId) => songs.find((song) => song.id === songId) ?? { id: songId, title: '' });
    return found && { playlist: { ...listed(found), entry } };
  },
  createPlaylist({ playlists }, { playlistId: [known = ''] = [], name: [name = ''] = [], songId = [] }) {
    const playlist = playlists.get(known) ?? { id: newId(), name, comment: '', public: false, songIds: [] };
    if ((known && !playlists.has(known)) || playlist.rules) return undefined;
    playlists.set(playlist.id, { ...playlist, songIds: songId });
    return { playlist: listed(playlist) };
  },
  updatePlaylist({ playlists }, { playlistId: [id], ...values }) {
    const found = playlists.get(id);
    if (!found) return undefined;
    if (values.name) found.name = values.name[0];
    if (values.comment) found.comment = values.comment[0];
    if (values.public) found.public = values.public[0] === 'true';
    return {};
  },
  deletePlaylist: ({ playlists }, { id: [id] }) => (playlists.delete(id) ? {} : undefined),
  search3: ({ songs }, { songOffset: [offset] = ['0'], songCount: [count] = ['20'] }) => ({
    searchResult3: { song: songs.slice(Number(offset), Number(offset) + Number(count)) },
  }),
};

const listed = ({ id, name, comment, public: isPublic, rules, songIds }: StandInPlaylist) => ({
  ...{ id, name, comment, public: isPublic, owner: USER, songCount: songIds.length, readonly: rules !== undefined },
});

function answerNative(
  state: StandInState,
  request: IncomingMessage,
  url: URL,
  body: string,
): readonly [number, unknown] {
  const [, , resource, id] = url.pathname.split('/');
  if (['library', 'inspect', 'config'].includes(resource) && !state.isAdmin) return [403, { error: 'admin only' }];
  const [start, end] = [Number(url.searchParams.get('_start')), Number(url.searchParams.get('_end'))];
  switch (resource) {
    case 'playlist':
      return answerPlaylist(state, request, id && decodeURIComponent(id), body);
    case 'library':
      return [200, state.libraries];
    case 'song':
      if (id) return [200, state.songs.find((song) => song.id === id)];
      return [200, state.songs.slice(start, end).map(({ rawTags: _raw, ...song }) => song)];
    case 'config':
      return [200, { id: 'config', configFile: '/data/navidrome.toml', config: state.config }];
    case 'inspect': {
      const song = state.songs.find((one) => one.id === url.searchParams.get('id'));
      return song
        ? [200, { file: song.path, rawTags: song.rawTags ?? {}, mappedTags: { tags: song.mappedTags ?? {} } }]
        : [404, { error: 'not found' }];
    }
    default:
      return [404, { error: 'not found' }];
  }
}

function answerPlaylist(
  { playlists }: StandInState,
  request: IncomingMessage,
  id: string,
  body: string,
): [number, unknown] {
  if (request.method === 'POST') {
    // Anything but exactly this is read as M3U, where rules mean nothing.
    if (request.headers['content-type'] !== 'application/json') return [200, { id: newId(), name: 'from M3U' }];
    const playlist = { comment: '', public: false, songIds: [], ...(JSON.parse(body) as object), id: newId() };
    playlists.set(playlist.id, playlist as unknown as StandInPlaylist);
    return [200, { id: playlist.id }];
  }
  if (!id) return [200, [...playlists.values()]];
  const found = playlists.get(id);
  if (!found) return [404, { error: 'not found' }];
  if (request.method === 'PUT') Object.assign(found, JSON.parse(body) as object);
  if (request.method === 'DELETE') playlists.delete(id);
  return [200, request.method === 'DELETE' ? {} : { ...found, evaluatedAt: new Date().toISOString() }];
}

const newId = () => randomBytes(11).toString('hex');

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request as AsyncIterable<Buffer>) body += chunk.toString('utf8');
  return body;
}

function valuesOf(params: URLSearchParams): Record<string, string[]> {
  return Object.fromEntries([...new Set(params.keys())].map((name) => [name, params.getAll(name)]));
}

const withoutSecrets = ({ u: _u, t: _t, s: _s, ...values }: Record<string, string[]>) => values;
