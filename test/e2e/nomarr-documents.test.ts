import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runCli } from '../../src-main/transport/cli/main';
import { nom } from './nom';
import type { Asked, Bad, Good, Row } from './nomarr-rows';
import { type CommandRow, commandNames, commandRows } from './nomarr-rows-cli';
import { forgetPretended, insertAnalyses, insightRows } from './nomarr-rows-insight';
import { laterRows } from './nomarr-rows-later';
import { clearingRows, libraryRows } from './nomarr-rows-library';
import { queueRows } from './nomarr-rows-queue';
import { pages, restartRows, systemRows } from './nomarr-rows-system';
import { workRows } from './nomarr-rows-work';
import { aNomarrWorld, type Credential, type World } from './nomarr-world';

let world: World;

beforeAll(async () => {
  world = await aNomarrWorld();
}, 120_000);
afterAll(() => world.end());

/** Later documents have all of `/admin` under `/api/v1/admin` too. */
const withMirrors = (rows: readonly Row[]): Row[] => [
  ...rows,
  ...rows
    .filter(({ http }) => http.includes(' /admin/'))
    .map((row) => ({ ...row, http: row.http.replace(' /admin/', ' /api/v1/admin/') })),
];

describe('Every endpoint of Nomarr’s documents', () => {
  for (const row of withMirrors([...workRows, ...libraryRows, ...systemRows, ...laterRows])) walk(row);
  describe('in a library where many tracks were heard', () => {
    beforeAll(() => insertAnalyses(world));
    afterAll(() => forgetPretended(world));
    for (const row of withMirrors(insightRows)) walk(row);
  });
  describe('and every command', () => {
    for (const row of commandRows) command(row);
    for (const name of commandNames) help(name);
  });
  for (const row of withMirrors([...queueRows, ...clearingRows])) walk(row);
  for (const [path, to] of Object.entries(pages)) {
    it(`GET ${path} leads into our page`, async () => {
      const { status, headers } = await world.ask('GET', path, 'none');
      // Relative, so that it holds below any path of a proxy.
      const location = headers.get('location') ?? '';
      expect(location).toMatch(/^\.\.\//);
      expect([status, new URL(location, world.base + path).href]).toEqual([302, world.base + to]);
    });
  }
  for (const path of ['/api/v1/tag', '/admin/cleanup', '/api/web/config', '/web/api/config']) brokenJson(path);
  for (const path of ['/api/v1/none', '/admin/none', '/api/web/none', '/web/api/none']) {
    it(`${path} is not there, for who may ask`, async () => {
      for (const method of ['GET', 'POST']) {
        const { status, body } = await world.ask(method, path, 'session', method === 'POST' ? {} : undefined);
        expect(status).toBe(404);
        isErrorBody(body);
      }
    });
  }
  for (const path of ['/api/web/events/status', '/web/api/events/status']) stream(path);
  for (const row of restartRows) restart(row);
});

function walk(row: Row): void {
  it(`${row.http} (${row.auth}): ${row.good.map(({ says }) => says).join('; ')}`, async () => {
    await refusesStrangers(row);
    await row.before?.(world);
    for (const good of row.good) await answers(row, good);
    for (const bad of row.bad ?? []) await refuses(row, bad);
  });
}

/** A credential of another scope, where there is one that does not do. */
const TOO_LITTLE: Readonly<Record<Row['access'], Credential | undefined>> = {
  open: undefined,
  read: 'webhook',
  webhook: 'read',
  full: 'read',
};

async function refusesStrangers({ http, access }: Row): Promise<void> {
  const [method, template] = http.split(' ', 2);
  const path = template.replaceAll(/:\w+/g, '1');
  if (access === 'open') return;
  for (const [credential, status] of [
    ['none', 401],
    ['wrong', 401],
    [TOO_LITTLE[access]!, 403],
  ] as const) {
    const reply = await world.ask(method, path, credential, {});
    expect([credential, reply.status]).toEqual([credential, status]);
    isErrorBody(reply.body);
  }
}

async function answers(row: Row, good: Good): Promise<void> {
  const credential = row.auth === 'open' ? 'none' : row.auth;
  const { status, body } = await call(row, good, credential);
  expect([good.says, status, status === 200 ? '' : body]).toEqual([good.says, 200, '']);
  const parsed = good.shape.safeParse(body);
  expect(parsed.error?.message ?? '', `${row.http}: ${good.says}: ${JSON.stringify(body)}`).toBe('');
  await good.check?.(body as never, world);
}

async function refuses(row: Row, bad: Bad): Promise<void> {
  await bad.before?.(world);
  const { status, body } = await call(row, bad, row.auth === 'open' ? 'none' : row.auth);
  await bad.after?.(world);
  expect([bad.says, status, status === bad.status ? '' : body]).toEqual([bad.says, bad.status, '']);
  isErrorBody(body);
}

async function call({ http }: Row, asked: Asked, credential: Credential) {
  const [method, template] = http.split(' ', 2);
  const path = (await resolved(asked.path)) ?? '';
  const query = (await resolved(asked.query)) ?? '';
  const body = await resolved(asked.body);
  return world.ask(method, template.replace(/\/:.*$/, '') + path + query, credential, body);
}

async function resolved<T>(of: T | ((world: World) => T | Promise<T>) | undefined): Promise<T | undefined> {
  return typeof of === 'function' ? (of as (world: World) => T | Promise<T>)(world) : of;
}

/** Clients of either document find the sentence. */
function isErrorBody(body: unknown): void {
  const { error, detail } = body as { error?: unknown; detail?: unknown };
  expect(typeof error).toBe('string');
  expect(detail).toBe(error);
}

function brokenJson(path: string): void {
  it(`POST ${path} refuses what is no JSON as a bad request`, async () => {
    for (const body of ['{"path": ', '{"path": "/a"} and more', '"only a text"', '[]']) {
      const headers = { Authorization: `Bearer ${world.session}`, 'Content-Type': 'application/json' };
      const reply = await fetch(world.base + path, { method: 'POST', headers, body });
      expect([body, reply.status]).toEqual([body, 400]);
      isErrorBody(await reply.json());
    }
  });
}

function stream(path: string): void {
  it(`GET ${path} (session): what happens, under the documented names`, async () => {
    for (const credential of ['none', 'wrong'] as const) {
      expect((await world.ask('GET', path, credential)).status).toBe(401);
    }
    expect((await world.ask('GET', path, 'webhook')).status).toBe(403);
    const plain = await listen(path);
    const documented = {
      'queue:status': ['pending', 'running', 'completed', 'avg_time', 'eta'],
      'queue:jobs': ['id', 'path', 'status', 'error'],
      'worker:tag:0:status': ['component', 'status', 'pid', 'current_job'],
      'system:health': ['status', 'errors'],
    };
    for (const [name, fields] of Object.entries(documented)) {
      const event = plain.find((each) => each.name === name);
      expect([name, Object.keys(event?.data ?? {})]).toEqual([name, expect.arrayContaining(fields)]);
    }
    const names = (await listen(`${path}?legacy=1`)).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['connected', 'queue_update', 'processing_update', 'worker_update']));
  });
}

/** Everything that is told while one file is tagged. */
async function listen(path: string): Promise<{ name: string; data: object }[]> {
  const { base, session, api, songs } = world;
  const ending = new AbortController();
  const response = await fetch(base + path, {
    headers: { Authorization: `Bearer ${session}` },
    signal: ending.signal,
  });
  const reported: { name: string; data: object }[] = [];
  await api.queue.resume({});
  const { job_id } = await api.queue.tag({ path: songs[0], force: true });
  let rest = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + chunk).split('\n\n');
    rest = parts.pop()!;
    for (const part of parts) {
      const [, name] = /^event: (.*)$/m.exec(part) ?? [];
      const [, data] = /^data: (.*)$/m.exec(part) ?? [];
      if (name) reported.push({ name, data: JSON.parse(data) });
    }
    const isEnd = (event: { name: string; data: { id?: number; status?: string } }) =>
      /^(queue:jobs|processing_update)$/.test(event.name) && event.data.id === job_id && event.data.status === 'done';
    if (reported.some(isEnd)) break;
  }
  ending.abort();
  return reported;
}

function restart(row: Row): void {
  it(`${row.http} (session): answers first, is back within ten seconds, and goes on with the queue`, async () => {
    await refusesStrangers(row);
    const { instance, ask, back, songs } = world;
    await ask('POST', '/api/web/worker/pause', 'session', {});
    const { body } = await ask('POST', '/api/v1/tag', 'key', { path: songs[0], force: true });
    const { job_id } = body as { job_id: number };
    const before = instance();
    const began = performance.now();
    await answers(row, row.good[0]);
    const after = await back(began);
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(after.token).not.toBe(before.token);
    expect(after.port).toBe(before.port);
    expect((await ask('GET', `/api/web/queue/status/${job_id}`, 'session')).body).toMatchObject({ status: 'pending' });
  });
}

function command(row: CommandRow): void {
  it(`nom ${row.says}`, async () => {
    const args = await row.args(world);
    const { code, stdout, stderr } = await nom(world.data, ['--json', ...args], row.input);
    expect([code, code === (row.code ?? 0) ? '' : stderr + stdout]).toEqual([row.code ?? 0, '']);
    if (!row.shape) return;
    const answer: unknown = JSON.parse(stdout.trim().split('\n').at(-1)!);
    expect(row.shape.safeParse(answer).error?.message ?? '', JSON.stringify(answer)).toBe('');
    await row.check?.(answer as never, world);
  });
}

function help(name: string): void {
  it(`nom ${name} --help`, async () => {
    const said: string[] = [];
    const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    const code = await runCli([name, '--help']).finally(() => stdout.mockRestore());
    expect(code).toBe(0);
    expect(said.join('')).toMatch(new RegExp(`^Usage: nom ${name}`));
    expect(said.join('').split('\n').length).toBeGreaterThan(5);
  });
}
