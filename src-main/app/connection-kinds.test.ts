import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { aClock } from '../../test/support/alarm-clock';
import { temporaryFolder } from '../../test/support/small-music';
import { createTrackRepository } from '../library/tracks';
import { createAuth } from '../platform/auth';
import { openDatabase } from '../platform/database';
import { createEventBus } from '../platform/events';
import { createHealth } from '../platform/health';
import { silentLog } from '../platform/logs';
import { createSecretBox, randomKey } from '../platform/sealing';
import { createSettings } from '../platform/settings';
import { routesOf } from '../rpc';
import { tonearmErrors } from '../rpc/tonearm-errors';
import { connectionsContract } from '../servers/connections/contract';
import { providerFailure } from '../servers/connections/provider-failure';
import { publishingContract } from '../servers/publishing/contract';
import { inboundContract } from '../servers/webhooks-in/contract';
import { createHttpServer } from '../transport/http';
import { CONNECTION_KINDS } from './connection-kinds';
import { type ConnectionsPartDeps, createConnectionsPartOf } from './connections';
import { EVENTS, SETTINGS } from './contract';
import { shelf, shelfKind } from './shelf.fixture';

/** The one line outside its folder. */
const KINDS = { ...CONNECTION_KINDS, shelf: shelfKind };

const folder = temporaryFolder('kinds');
const closing: (() => unknown)[] = [];
beforeEach(() => Object.assign(shelf, { failures: [], processed: [], playlists: new Map() }));
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const caller = { transport: 'window' } as const;
const PLAYLIST = { name: 'Evening', comment: 'slow', public: false, rules: { all: [] } };

/** A Shelf that says its version to whoever shows the key. */
async function startShelf(): Promise<string> {
  const server = createServer((request, response) => {
    const isKnown = request.headers['x-shelf-key'] === 'a key';
    response.writeHead(isKnown ? 200 : 401, { 'Content-Type': 'application/json' }).end('{"version":"3.1"}');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  closing.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The connections of an application, and its HTTP server; what kinds are given of the library is not asked for. */
async function start(db = openDatabase(':memory:')) {
  const events = createEventBus(EVENTS);
  const clock = aClock();
  const auth = createAuth({ db, clock: () => new Date(clock.now()) });
  const unexpected: unknown[] = [];
  const report = (thrown: unknown) => void unexpected.push(thrown);
  const given: Partial<ConnectionsPartDeps> = {
    ...{ db, events, report, alarms: clock, keys: auth.keys, health: createHealth({ events }) },
    settings: createSettings(db, events, SETTINGS),
    tracks: createTrackRepository(db),
    libraries: { list: () => [], libraryOf: async () => undefined },
    playlists: { nspOf: () => PLAYLIST, tracksOf: () => [] },
    secretBox: createSecretBox(db, randomKey()),
  };
  const part = createConnectionsPartOf(KINDS, given as ConnectionsPartDeps);
  const { connections, inbound, publishing } = part.handlers;
  const routes = [
    ...routesOf('connections', connectionsContract, connections, report),
    ...routesOf('inbound', inboundContract, inbound, report),
    ...routesOf('publishing', publishingContract, publishing, report),
  ];
  const server = createHttpServer({
    routes,
    errorFamilies: [tonearmErrors],
    auth,
    events,
    log: silentLog,
    version: '1',
    port: 0,
  });
  const { port } = await server.listen();
  const stop = async () => {
    await server.close();
    await part.stop();
    expect(unexpected).toEqual([]);
  };
  closing.push(stop);
  const { key } = auth.keys.create('a server', 'webhook');
  const post = (path: string, body: unknown) =>
    fetch(`http://127.0.0.1:${port}${path}?token=${key}`, { method: 'POST', body: JSON.stringify(body) });
  const call = async <T>(name: string, input: unknown): Promise<T> => {
    const outcome = await routes.find((route) => route.name === name)!.call(input, caller);
    if (!outcome.ok) throw new Error(`${outcome.error.code}: ${outcome.error.message}`);
    return outcome.value as T;
  };
  /** Asks until it holds; what became due meanwhile is begun. */
  const soon = <T>(read: () => T | Promise<T>) =>
    expect.poll(
      () => {
        clock.advance(0);
        return read();
      },
      { interval: 5, timeout: 10_000 },
    );
  const outcomeOf = (id: number) => soon(async () => (await call<{ status: string }>('inbound.get', { id })).status);
  return { ...{ part, post, call, clock, soon, outcomeOf, db } };
}

const NEW = { kind: 'shelf', url: 'http://127.0.0.1:9', secret: 'a key' };

it('lets a kind of server in by its definition and one line: added, tested, published to, and removed', async () => {
  const { call } = await start();
  expect((await call<{ kind: string }[]>('connections.kinds', {})).map(({ kind }) => kind)).toEqual([
    'navidrome',
    'lidarr',
    'shelf',
  ]);
  const { id } = await call<{ id: number }>('connections.add', { ...NEW, url: await startShelf() });
  expect(await call('connections.test', { id })).toMatchObject({ name: 'Shelf', state: 'ok', version: '3.1' });
  await expect(call('publishing.publish', { id: 5, connectionId: id, how: 'smart' })).rejects.toThrow(
    '"Shelf" takes no playlists in this way.',
  );
  const published = await call('publishing.publish', { id: 5, connectionId: id, how: 'static' });
  expect(published).toMatchObject({ how: 'static', state: 'published', remoteId: 'Evening' });
  expect([...shelf.playlists]).toEqual([['Evening', 'slow']]);
  shelf.playlists.set('Evening', 'loud');
  expect(await call('publishing.check', { id })).toMatchObject([{ state: 'changed_there' }]);
  await call('connections.remove', { id });
  expect(await call('connections.list', {})).toEqual([]);
});

it('refuses kinds that nobody registered, and capabilities that a kind does not have', async () => {
  const { call, post } = await start();
  await expect(call('connections.add', { ...NEW, kind: 'cellar' })).rejects.toThrow(
    'invalid_input: There is no kind of server "cellar". Known here: navidrome, lidarr, shelf.',
  );
  const { id } = await call<{ id: number }>('connections.add', { ...NEW, kind: 'navidrome' });
  expect((await post(`/api/v1/webhooks/inbound/navidrome/${id}`, { id: 1, type: 'Moved' })).status).toBe(404);
  expect((await post(`/api/v1/webhooks/inbound/shelf/${id}`, { id: 1, type: 'Moved' })).status).toBe(404);
  const lidarr = await call<{ id: number }>('connections.add', { ...NEW, kind: 'lidarr' });
  await expect(call('publishing.publish', { id: 5, connectionId: lidarr.id })).rejects.toThrow(
    '"Lidarr" is a server that takes no playlists.',
  );
});

it('answers a webhook at the path of its kind once its event is durable, and processes it once', async () => {
  const database = join(folder.path, 'durable.db');
  const before = await start(openDatabase(database));
  const { id } = await before.call<{ id: number }>('connections.add', NEW);
  const path = `/api/v1/webhooks/inbound/shelf/${id}`;
  const answer = await before.post(path, { id: 1, type: 'Moved' });
  expect(answer.status).toBe(200);
  const accepted = { status: 'accepted', event: 'Moved', id: 1, message: 'Thank you.' };
  expect(await answer.json()).toEqual(accepted);
  expect((await before.post(path, { type: 'Moved' })).status).toBe(400);
  expect(shelf.processed).toEqual([]);
  before.db.close();

  const after = await start(openDatabase(database));
  after.part.start();
  await after.outcomeOf(1).toBe('done');
  const again = (await (await after.post(path, { id: 1, type: 'Moved' })).json()) as { id: number };
  await after.outcomeOf(again.id).toBe('duplicate');
  const other = (await (await after.post(path, { id: 2, type: 'Moved' })).json()) as { id: number };
  await after.outcomeOf(other.id).toBe('done');
  expect(shelf.processed).toEqual([1, 2].map((event) => JSON.stringify({ id: event, type: 'Moved' })));
});

it('tries an event again that failed because a server was away, and one that failed for good when asked to', async () => {
  const { part, call, post, clock, soon, outcomeOf } = await start();
  part.start();
  const { id } = await call<{ id: number }>('connections.add', NEW);
  const path = `/api/v1/webhooks/inbound/shelf/${id}`;
  const away = () => providerFailure('unreachable', 'It is away.');
  shelf.failures = [away(), away()];
  await post(path, { id: 1, type: 'Moved' });
  await outcomeOf(1).toBe('waiting');
  clock.advance(60_000);
  await soon(() => shelf.processed.length).toBe(2);
  clock.advance(5 * 60_000);
  await outcomeOf(1).toBe('done');

  shelf.failures = [away(), away(), away(), away()];
  await post(path, { id: 2, type: 'Moved' });
  for (const [count, minutes] of [1, 5, 15].entries()) {
    await soon(() => shelf.processed.length).toBe(4 + count);
    await outcomeOf(2).toBe('waiting');
    clock.advance(minutes * 60_000);
  }
  await outcomeOf(2).toBe('failed');
  expect(shelf.processed).toHaveLength(7);
  await call('inbound.replay', { id: 2 });
  await outcomeOf(2).toBe('done');

  shelf.failures = [providerFailure('refused', 'The key is wrong.')];
  await post(path, { id: 3, type: 'Moved' });
  await outcomeOf(3).toBe('failed');
  expect(shelf.processed).toHaveLength(9);
});
