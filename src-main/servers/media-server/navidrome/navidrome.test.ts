import { afterEach, beforeEach, expect, it } from 'vitest';
import { type StandIn, startNavidrome } from '../../../../test/support/navidrome';
import type { OpenConnection } from '../../connections/kind';
import { openNavidrome } from './client';
import { navidromeKind } from './navidrome-kind';

let server: StandIn;
const closing: (() => void)[] = [];
beforeEach(async () => {
  server = await startNavidrome();
});
afterEach(async () => {
  for (const close of closing.splice(0)) close();
  await server.stop();
});

/** Waits for nothing. */
const clock = {
  now: () => 0,
  after(_ms: number, call: () => void) {
    queueMicrotask(call);
    return () => {};
  },
};

const connection = (changes: Partial<OpenConnection> = {}): OpenConnection => ({
  ...{ id: 1, name: 'Navidrome', url: server.url, username: 'ada', secret: 'correct horse', options: {} },
  ...{ skipTlsVerify: false, ...changes },
});

function open(changes: Partial<OpenConnection> = {}) {
  const navidrome = openNavidrome(connection(changes), clock);
  closing.push(navidrome.close);
  return navidrome;
}

it('tells the version of a server that takes the login, and what this user may not do', async () => {
  expect(await navidromeKind.test(connection(), [])).toEqual({ version: '0.61.0', warnings: [] });
  server.state.isAdmin = false;
  expect((await navidromeKind.test(connection(), [])).warnings).toEqual([expect.stringContaining('no administrator')]);
});

it('says what is wrong: the password, the product, or that nothing is there', async () => {
  await expect(navidromeKind.test(connection({ secret: 'wrong' }), [])).rejects.toThrow(
    /"ada" or the password is wrong/,
  );
  server.state.product = 'gonic';
  await expect(navidromeKind.test(connection(), [])).rejects.toThrow(/is not Navidrome but gonic/);
  await expect(navidromeKind.test(connection({ url: `${server.url}/elsewhere` }), [])).rejects.toThrow(
    /is not Navidrome/,
  );
  await server.stop();
  await expect(open().subsonic.ping()).rejects.toThrow(/not reachable/);
});

it('sends no password and nothing secret in an address', async () => {
  const { subsonic } = open();
  await subsonic.ping();
  await subsonic.createPlaylist({ name: 'Ten & more' }, ['a', 'b']);
  expect(server.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'POST /rest/ping',
    'POST /rest/createPlaylist',
  ]);
  expect(server.calls[1].values).toMatchObject({ name: ['Ten & more'], songId: ['a', 'b'], c: ['tonearm'] });
});

it('makes, reads, changes and deletes playlists over Subsonic', async () => {
  const { subsonic } = open();
  const id = await subsonic.createPlaylist({ name: 'Static' }, ['1', '2']);
  await subsonic.createPlaylist({ playlistId: id }, ['3']);
  await subsonic.updatePlaylist(id, { comment: 'Ours', public: true });
  expect(await subsonic.getPlaylists()).toMatchObject([{ id, name: 'Static', comment: 'Ours', public: true }]);
  expect((await subsonic.getPlaylist(id)).entry.map((song) => song.id)).toEqual(['3']);
  await subsonic.deletePlaylist(id);
  await expect(subsonic.getPlaylist(id)).rejects.toThrow(/does not know what was asked for/);
  expect(await subsonic.getPlaylists()).toEqual([]);
});

it('uses the newer token that each answer brings, and logs in again once when it has expired', async () => {
  const { native } = open();
  await native.listLibraries();
  await native.listPlaylists();
  expect(server.logins()).toBe(1);
  server.expireTokens();
  expect(await native.listLibraries()).toEqual([{ id: '1', name: 'Music Library', path: '/music' }]);
  expect(server.logins()).toBe(2);
  server.expireTokens();
  server.state.password = 'another';
  await expect(native.listLibraries()).rejects.toThrow(/password is wrong/);
  expect(server.logins()).toBe(3);
});

it('makes a smart playlist with the content type that Navidrome takes for one', async () => {
  const { native } = open();
  const rules = { all: [{ gt: { nom_happy: 0.6 } }], limit: 50 };
  const id = await native.createPlaylist({ name: 'Happy', comment: '', public: false, rules });
  expect(await native.getPlaylist(id)).toMatchObject({ name: 'Happy', rules });
  await native.updatePlaylist(id, { name: 'Happier', comment: 'c', public: true, rules: { any: [] } });
  expect(await native.getPlaylist(id)).toMatchObject({ name: 'Happier', public: true, rules: { any: [] } });
  await native.deletePlaylist(id);
  await expect(native.getPlaylist(id)).rejects.toThrow(/404/);
});
