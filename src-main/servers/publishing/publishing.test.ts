import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type StandIn, type StandInState, startNavidrome } from '../../../test/support/navidrome';
import { CONNECTION_KINDS } from '../../app/connection-kinds';
import { EVENTS } from '../../app/contract';
import { playlistKind } from '../../discovery/playlists/files/playlist-kind';
import { createSafeFiles } from '../../files/safe-files';
import { openDatabase } from '../../platform/database';
import { createEventBus } from '../../platform/events';
import { createSecretBox, randomKey } from '../../platform/sealing';
import { createConnections } from '../connections/connections';
import { createNavidromes } from '../media-server/navidrome/client';
import { createPlaylistServers } from '../media-server/navidrome/publish';
import type { PlaylistSource, SmartPlaylist } from './playlist-server';
import { createPublishing, type PublishRequest } from './publishing';

let server: StandIn;
let stop: () => void;

/** Waits for nothing. */
const clock = {
  now: () => 0,
  after(_ms: number, call: () => void) {
    queueMicrotask(call);
    return () => {};
  },
};

const HAPPY: SmartPlaylist = {
  name: 'Happy',
  comment: 'Ours',
  public: false,
  rules: { all: [{ gt: { nom_happy: 0.6 } }] },
};

async function setUp(given: Partial<StandInState> = {}) {
  server = await startNavidrome(given);
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-publish-'));
  const db = openDatabase(':memory:');
  const events = createEventBus(EVENTS);
  const at = () => new Date(0);
  const secretBox = createSecretBox(db, randomKey());
  const connections = createConnections({ db, events, clock: at, secretBox, kinds: CONNECTION_KINDS });
  const navidromes = createNavidromes(connections, clock);
  stop = () => navidromes.close();
  const { id } = connections.add({ kind: 'navidrome', url: server.url, username: 'ada', secret: 'correct horse' });
  const playlists = new Map([[1, HAPPY]]);
  const tracks = [
    { libraryId: 7, path: 'Ada/One.flac' },
    { libraryId: 7, path: 'Ada/Two.flac' },
  ];
  const source: PlaylistSource = { nspOf: (playlistId) => playlists.get(playlistId)!, tracksOf: () => tracks };
  const music = {
    libraries: () => [{ id: 7, name: 'Music', root_path: folder, keepMtime: false }],
    hasTrack: (libraryId: number, path: string) => libraryId === 7 && path.startsWith('Ada/'),
  };
  const safeFiles = createSafeFiles({ db });
  safeFiles.register(playlistKind());
  const servers = createPlaylistServers({ navidromes, music, playlists: source, safeFiles });
  const publishing = createPublishing({ db, events, clock: at, connections, serversOf: () => servers, source });
  const publish = (changes: Partial<PublishRequest> = {}) =>
    publishing.publish({ playlistId: 1, connectionId: id, how: 'smart', overwrite: false, ...changes });
  const first = () => [...server.state.playlists.values()][0];
  return { connections, publishing, publish, playlists, tracks, folder, id, first };
}

const SONGS = [
  { id: 'one', libraryId: 1, path: 'Ada/One.flac', title: 'One' },
  { id: 'two', libraryId: 1, path: 'Ada/Two.flac', title: 'Two' },
  { id: 'far', libraryId: 1, path: 'Bob/Far.flac', title: 'Far' },
];

beforeEach(() => {
  stop = () => {};
});
afterEach(async () => {
  stop();
  await server.stop();
});

it('makes a smart playlist, and brings the same one up to date when the rules have changed', async () => {
  const { publish, publishing, playlists, first, id } = await setUp();
  const published = await publish();
  expect(published).toMatchObject({ how: 'smart', state: 'published', remoteId: first().id });
  expect(first()).toMatchObject({ name: 'Happy', comment: 'Ours', rules: HAPPY.rules });
  playlists.set(1, { ...HAPPY, name: 'Happier', rules: { any: [{ gt: { nom_happy: 0.8 } }] } });
  expect((await publish()).remoteId).toBe(published.remoteId);
  expect(server.state.playlists.size).toBe(1);
  expect(first()).toMatchObject({ name: 'Happier', rules: { any: [{ gt: { nom_happy: 0.8 } }] } });
  expect(publishing.listOfPlaylist(1)).toHaveLength(1);
  await publishing.unpublish(1, id);
  expect(server.state.playlists.size).toBe(0);
  expect(publishing.listOfConnection(id)).toEqual([]);
});

it('does not tread on what was changed in Navidrome, unless told to', async () => {
  const { publish, publishing, first, id } = await setUp();
  await publish();
  first().rules = { all: [{ is: { loved: true } }] };
  await expect(publish()).rejects.toMatchObject({ code: 'conflict', details: [{ reason: 'changed_there' }] });
  expect(first().rules).toEqual({ all: [{ is: { loved: true } }] });
  expect(publishing.listOfPlaylist(1)[0].state).toBe('changed_there');
  await expect(publishing.unpublish(1, id)).rejects.toThrow(/was changed on Navidrome/);
  expect((await publish({ overwrite: true })).state).toBe('published');
  expect(first().rules).toEqual(HAPPY.rules);
});

it('finds out by looking what was changed or deleted there, and makes a deleted one anew when asked', async () => {
  const { publish, publishing, first, id } = await setUp();
  await publish();
  expect((await publishing.check(id))[0]).toMatchObject({ state: 'published', message: null });
  first().name = 'Mine now';
  expect((await publishing.check(id))[0].state).toBe('changed_there');
  server.state.playlists.clear();
  expect((await publishing.check(id))[0].state).toBe('gone');
  expect((await publish()).remoteId).toBe(first().id);
});

it('publishes the tracks that match now, and replaces them the next time', async () => {
  const { publish, tracks, first } = await setUp({
    songs: SONGS,
    libraries: [{ id: 1, name: 'Music', path: '/music' }],
  });
  expect(await publish({ how: 'static' })).toMatchObject({ state: 'published', message: null });
  expect(first()).toMatchObject({ name: 'Happy', comment: 'Ours', songIds: ['one', 'two'] });
  tracks.push({ libraryId: 7, path: 'Ada/Three.flac' });
  tracks.shift();
  const again = await publish({ how: 'static' });
  expect(again.message).toBe('1 track is not in Navidrome and was left out.');
  expect(first().songIds).toEqual(['two']);
  first().songIds.push('far');
  await expect(publish({ how: 'static' })).rejects.toMatchObject({ code: 'conflict' });
});

it('writes a file where Navidrome sees it, scans that folder, and deletes only its own file', async () => {
  const { publish, publishing, folder, id } = await setUp({ songs: SONGS });
  const { path, message } = await publish({ how: 'file' });
  expect([path, message]).toEqual([join(folder, 'Playlists', 'Happy.nsp'), null]);
  const text = readFileSync(path!, 'utf8');
  expect(JSON.parse(text.slice(text.indexOf('{')))).toEqual({
    name: 'Happy',
    comment: 'Ours',
    public: false,
    ...HAPPY.rules,
  });
  expect(server.callsOf('startScan')[0].values.target).toEqual(['1:Playlists']);
  writeFileSync(path!, '{"all":[{"is":{"loved":true}}]}');
  await expect(publish({ how: 'file' })).rejects.toMatchObject({ code: 'conflict' });
  await publish({ how: 'file', overwrite: true });
  await publish({ how: 'smart' });
  expect(existsSync(path!)).toBe(false);
  expect(publishing.listOfConnection(id)).toMatchObject([{ how: 'smart', path: null }]);
  writeFileSync(path!, 'of someone else');
  await expect(publish({ how: 'file' })).rejects.toThrow(/was not written by Tonearm/);
});

it('publishes a plain list of tracks as tracks only', async () => {
  const { publish, playlists } = await setUp({ songs: SONGS });
  playlists.set(1, { ...HAPPY, rules: {} });
  await expect(publish()).rejects.toThrow(/Publish its tracks instead/);
  expect((await publish({ how: 'static' })).state).toBe('published');
});

it('names other playlists by their ids on the server, parents first', async () => {
  const { publish, playlists, first } = await setUp();
  const rules = { all: [{ inPlaylist: { id: 'tonearm:1' } }] };
  playlists.set(2, { ...HAPPY, name: 'Happy and loved', rules });
  await expect(publish({ playlistId: 2 })).rejects.toThrow(/Publish that one there first/);
  await publish();
  const { remoteId } = await publish({ playlistId: 2 });
  expect(server.state.playlists.get(remoteId!)!.rules).toEqual({ all: [{ inPlaylist: { id: first().id } }] });
});

it('says what fails, keeps it as the state of connection and playlist, and goes on when the server is back', async () => {
  const { publish, publishing, connections, id } = await setUp();
  await publish();
  server.state.isBroken = true;
  await expect(publish()).rejects.toThrow('Navidrome answered with an error (503).');
  expect(connections.get(id)).toMatchObject({
    state: 'failing',
    stateMessage: 'Navidrome answered with an error (503).',
  });
  expect(publishing.listOfPlaylist(1)[0]).toMatchObject({ state: 'failed' });
  server.state.isBroken = false;
  expect((await publish()).state).toBe('published');
  expect(connections.get(id).state).toBe('ok');
});
