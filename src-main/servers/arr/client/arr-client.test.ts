import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { aClock } from '../../../../test/support/alarm-clock';
import { ARR_DOCUMENTS, startArr } from '../../../../test/support/arr';
import type { OpenConnection } from '../../connections';
import { type ArrClientOptions, createArrClient } from './arr-client';
import { createCommonCalls } from './common-calls';
import { createLimiter } from './limiter';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const connectionTo = (url: string, secret = 'a key'): OpenConnection => ({
  ...{ id: 1, name: 'Arr', url, username: '', secret, options: {}, skipTlsVerify: false },
});
const Row = z.looseObject({ id: z.number() });

describe.each(ARR_DOCUMENTS)('by the published document %s', (name) => {
  async function setUp(options: ArrClientOptions = {}) {
    const server = await startArr(name);
    const arr = createArrClient(server, connectionTo(server.url, server.key), options);
    closing.push(server.close, arr.close);
    return { server, arr, calls: createCommonCalls(arr) };
  }

  it('asks only what the document has, and reads what it answers', async () => {
    const { server, calls } = await setUp();
    expect(await calls.identify()).toMatchObject({ appName: server.title });
    expect(await calls.rootFolders()).toHaveLength(2);
    const [blank] = await calls.notificationSchema();
    expect(blank.fields.length).toBeGreaterThan(0);
    expect(await calls.notifications()).toHaveLength(2);
    await calls.testNotification(blank);
    const created = await calls.createNotification(blank);
    await calls.updateNotification({ ...blank, id: created.id });
    await calls.deleteNotification(created.id!);
    expect(server.problems).toEqual([]);
    expect(server.asked).toContain(`PUT /api/${server.api}/notification/${created.id}`);
  });

  it('reads all pages of paged lists', async () => {
    const { server, arr } = await setUp({ pageSize: 10 });
    for (const path of ['/queue', '/history', '/wanted/missing']) {
      const rows = await arr.askAllPages(Row, { path });
      expect(rows.map(({ id }) => id)).toEqual(Array.from({ length: server.records }, (_, at) => at + 1));
    }
    expect(server.problems).toEqual([]);
    expect(server.asked.filter((call) => call.includes('/queue'))).toEqual(
      [1, 2, 3].map((page) => `GET /api/${server.api}/queue?page=${page}&pageSize=10`),
    );
  });

  it('says that the key is wrong', async () => {
    const { server } = await setUp();
    const arr = createArrClient(server, connectionTo(server.url, 'another'));
    closing.push(arr.close);
    await expect(createCommonCalls(arr).status()).rejects.toMatchObject({
      code: 'provider_failed',
      message: `${server.title} refuses the API key. It is shown in ${server.title} under Settings → General.`,
      details: [{ reason: 'refused', status: 401 }],
    });
  });
});

async function arrAnswering(listener: RequestListener, options: ArrClientOptions = {}) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const arr = createArrClient({ title: 'Sonarr', api: 'v3' }, connectionTo(url), options);
  closing.push(
    () => server.close(),
    () => arr.close(),
  );
  return { arr, url };
}

/** Waits for nothing. */
const clock = {
  now: () => 0,
  after(_ms: number, call: () => void) {
    queueMicrotask(call);
    return () => {};
  },
};

it('takes a record once that moves to the next page while a list is read', async () => {
  const pages = [[{ id: 9 }, { id: 8 }], [{ id: 8 }, { id: 7 }], [{ id: 6 }]];
  const { arr } = await arrAnswering(
    ({ url }, response) => {
      const page = Number(new URL(url!, 'http://arr').searchParams.get('page'));
      response.end(JSON.stringify({ totalRecords: 5, records: pages[page - 1] }));
    },
    { pageSize: 2 },
  );
  expect((await arr.askAllPages(Row, { path: '/queue' })).map(({ id }) => id)).toEqual([9, 8, 7, 6]);
});

it('ends with an empty page or none at all, and does not read a list without end', async () => {
  const answers = { empty: { totalRecords: 500, records: [] }, none: { totalRecords: 0, records: null } };
  const endless = { totalRecords: 1e9, records: [{ id: 1 }] };
  const { arr } = await arrAnswering(
    ({ url }, response) => {
      const list = /empty|none/.exec(url!)?.[0] as keyof typeof answers | undefined;
      response.end(JSON.stringify(list ? answers[list] : endless));
    },
    { pageSize: 1, clock, limits: { atOnce: 4, perSecond: 1e9 } },
  );
  expect(await arr.askAllPages(Row, { path: '/empty' })).toEqual([]);
  expect(await arr.askAllPages(Row, { path: '/none' })).toEqual([]);
  await expect(arr.askAllPages(Row, { path: '/endless' })).rejects.toThrow('more than 1000 records');
});

it('repeats what reads when the server fails, never what changes something, and passes its reasons on', async () => {
  let asked = 0;
  const { arr } = await arrAnswering(
    ({ method, url }, response) => {
      asked++;
      if (url === '/api/v3/refused')
        return void response.writeHead(400).end('[{"errorMessage":"No such folder."},{"errorMessage":"No name."}]');
      response.writeHead(method === 'GET' && asked === 3 ? 200 : 503).end('{"id":1}');
    },
    { clock },
  );
  expect(await arr.ask(Row, { path: '/row' })).toEqual({ id: 1 });
  expect(asked).toBe(3);
  await expect(arr.change(Row, { method: 'POST', path: '/row', json: {} })).rejects.toThrow('(503)');
  expect(asked).toBe(4);
  await expect(arr.change(Row, { method: 'POST', path: '/refused', json: {} })).rejects.toThrow(
    'Sonarr answered: No such folder. No name.',
  );
});

it('recognises that another product answers', async () => {
  const { arr, url } = await arrAnswering(({ url: path }, response) => {
    response.end(path!.endsWith('status') ? '{"appName":"Radarr","version":"5"}' : '{"id":"seven"}');
  });
  await expect(createCommonCalls(arr).identify()).rejects.toThrow(`${url} is not Sonarr but Radarr.`);
  await expect(arr.ask(Row, { path: '/row' })).rejects.toMatchObject({ details: [{ reason: 'not_this_product' }] });
});

it('begins no more calls at once or within a second than the limits allow, in their order', async () => {
  const time = aClock();
  const limited = createLimiter({ atOnce: 2, perSecond: 3 }, time);
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const calls = Array.from({ length: 6 }, (_, at) =>
    limited(() => {
      begun.push(at);
      return new Promise<void>((resolve) => ends.push(resolve));
    }),
  );
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  await turn();
  expect(begun).toEqual([0, 1]);
  ends[0]();
  ends[1]();
  await turn();
  expect(begun).toEqual([0, 1, 2]);
  time.advance(999);
  await turn();
  expect(begun).toEqual([0, 1, 2]);
  time.advance(1);
  await turn();
  expect(begun).toEqual([0, 1, 2, 3]);
  ends[2]();
  await turn();
  ends[3]();
  await turn();
  expect(begun).toEqual([0, 1, 2, 3, 4, 5]);
  ends[4]();
  ends[5]();
  await Promise.all(calls);
});
