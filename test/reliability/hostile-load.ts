import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { readInstance } from '../../src-main/platform/auth';
import { openDatabase } from '../../src-main/platform/database';
import { findPaths } from '../../src-main/platform/paths/paths';
import { fillWithSyntheticTracks } from '../bench/synthetic-library';
import { serve } from '../e2e/served';
import { builtScript } from '../support/built-script';
import { temporaryFolder } from '../support/small-music';
import type { Assault, Endings, HostileKind } from './hostile-requests';

/** One answer to the client that means no harm. */
interface Served {
  readonly path: string;
  /** 0 when there was no answer. */
  readonly status: number;
  readonly ms: number;
}

export interface Endured {
  readonly endings: Endings;
  /** What the honest client was answered meanwhile. */
  readonly served: readonly Served[];
  /** What a server that nobody assails answered at the same time: how busy the machine was. */
  readonly beside: readonly Served[];
  readonly restMB: number;
  /** The most that the application and its processes held at once. */
  readonly peakMB: number;
  readonly diskBeforeMB: number;
  readonly diskPeakMB: number;
  readonly ms: number;
}

export type AssaultSize = Pick<Assault, 'count' | 'connections' | 'perSecond'>;

/** As many people with a key to read as share one server. */
const READERS = 5;
const ASK_EVERY_MS = 60;
/** The honest client is asked about no fewer answers than these, however soon the assault is over. */
const LEAST_ANSWERS = 30;
const LOOK_EVERY_MS = 50;
const MB = 2 ** 20;

/** The served application with a library of so many tracks, a Lidarr that may post to it, and keys for all. */
export async function startUnderLoad(tracks: number) {
  const folder = temporaryFolder('hostile');
  const data = join(folder.path, 'data');
  const paths = findPaths({ data, models: [] });
  fill(paths.data, paths.database, tracks);
  const sender = await builtScript('test/reliability/hostile-sender.ts');
  const app = await serve({ data });
  await app.api.queue.pause({});
  const lidarr = { kind: 'lidarr', name: 'Lidarr', url: 'http://127.0.0.1:9', secret: 'b' } as const;
  const { id } = await app.api.connections.add(lidarr);
  const { key: webhookKey } = await app.api.auth.createKey({ name: 'Lidarr', scope: 'webhook' });
  const readKeys: string[] = [];
  for (let at = 0; at < READERS; at += 1)
    readKeys.push((await app.api.auth.createKey({ name: `Reader ${at}`, scope: 'read' })).key);
  const { key: honestKey } = await app.api.auth.createKey({ name: 'Honest', scope: 'read' });
  const { port } = readInstance(paths.instanceFile)!;
  const target = {
    port,
    readKeys,
    webhookKey,
    tracks,
    library: '/music/1',
    webhookPath: `/api/v1/webhooks/inbound/lidarr/${id}`,
  };
  const beside = await startIdleServer();
  await warmUp(port, honestKey);

  return {
    app,
    database: paths.database,
    /** Sends it all, while another client goes on asking ordinary pages. */
    async endure(kind: HostileKind, size: AssaultSize): Promise<Endured> {
      await setTimeout(500);
      const diskBeforeMB = diskMB(data);
      const restMB = memoryMB(app.pid);
      const { highest, stop } = watch(() => ({ memory: memoryMB(app.pid), disk: diskMB(data) }));
      const began = performance.now();
      const assault = assail(sender.path, { ...target, kind, ...size });
      const asked = [askMeanwhile(port, honestKey, assault), askMeanwhile(beside.port, honestKey, assault)] as const;
      const [served, besides, endings] = await Promise.all([...asked, assault]).finally(stop);
      const ms = performance.now() - began;
      const { memory: peakMB, disk: diskPeakMB } = highest;
      return { endings, served, beside: besides, restMB, peakMB, diskBeforeMB, diskPeakMB, ms };
    },
    async stop(): Promise<void> {
      await app.kill();
      beside.end();
      sender.remove();
      folder.remove();
    },
  };
}
export type UnderLoad = Awaited<ReturnType<typeof startUnderLoad>>;

function fill(data: string, database: string, tracks: number): void {
  mkdirSync(data, { recursive: true });
  const db = openDatabase(database);
  fillWithSyntheticTracks(db, tracks);
  db.close();
}

const IDLE_SERVER = `
  const server = require('node:http').createServer((_request, response) => response.end());
  server.listen(0, '127.0.0.1', () => process.send(server.address().port));`;

/** A process with as much to do as the application would have without its assailants. */
async function startIdleServer(): Promise<{ readonly port: number; end(): void }> {
  const child = spawn(process.execPath, ['-e', IDLE_SERVER], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const [port] = (await once(child, 'message')) as [number];
  return { port, end: () => child.kill() };
}

function assail(script: string, assault: Assault): Promise<Endings> {
  const child = fork(script, [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  child.send(assault);
  return new Promise((resolve, reject) => {
    child.once('message', (endings) => resolve(endings as Endings));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The sender left with ${code}`)));
  });
}

/** What a page asks for while somebody looks around in it. */
const PAGES = [
  '/',
  '/health',
  '/api/web/tracks?limit=200&sort=artist',
  '/api/web/libraries',
  '/api/web/tracks?limit=50&query=title%2017',
  '/api/web/queue/list?limit=50',
  '/api/web/queue/queue-depth',
  '/api/web/tracks/17',
  '/api/web/auth/state',
];

async function askMeanwhile(port: number, key: string, until: Promise<unknown>): Promise<Served[]> {
  let isOver = false;
  void until
    .catch(() => {})
    .finally(() => {
      isOver = true;
    });
  const asked: Promise<Served>[] = [];
  for (let at = 0; !isOver || asked.length < LEAST_ANSWERS; at += 1) {
    asked.push(ask(port, key, PAGES[at % PAGES.length]));
    await setTimeout(ASK_EVERY_MS);
  }
  return Promise.all(asked);
}

async function warmUp(port: number, key: string): Promise<void> {
  for (const path of PAGES) await ask(port, key, path);
}

/** From a connection of its own, as a page that was just opened. */
function ask(port: number, key: string, path: string): Promise<Served> {
  const began = performance.now();
  const told = (status: number): Served => ({ path, status, ms: performance.now() - began });
  return new Promise((resolve) => {
    const headers = { 'X-Api-Key': key };
    const sent = request({ host: '127.0.0.1', port, path, headers, agent: false }, (response) => {
      response.resume();
      response.once('end', () => resolve(told(response.statusCode!)));
      response.once('error', () => resolve(told(0)));
    });
    sent.setTimeout(60_000, () => sent.destroy());
    sent.once('error', () => resolve(told(0)));
    sent.end();
  });
}

/** Looks often until it is stopped, and keeps the highest of each number. */
function watch<N extends string>(look: () => Readonly<Record<N, number>>) {
  const highest: Record<N, number> = { ...look() };
  const more = () => {
    for (const [name, value] of Object.entries(look()) as [N, number][]) highest[name] = Math.max(highest[name], value);
  };
  const timer = setInterval(more, LOOK_EVERY_MS);
  return { highest, stop: () => clearInterval(timer) };
}

/** Resident memory of a process and of those that it started; Linux only, nothing elsewhere. */
function memoryMB(pid: number): number {
  if (process.platform !== 'linux') return 0;
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    const threads = readdirSync(`/proc/${pid}/task`);
    const children = threads.flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    );
    return Number(kilobytes ?? 0) / 1024 + children.reduce((sum, child) => sum + memoryMB(child), 0);
  } catch {
    return 0;
  }
}

/** Without the backups, which come by the clock. */
function diskMB(folder: string): number {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = all.filter((entry) => entry.isFile() && !entry.parentPath.includes('backups'));
  return files.reduce((sum, { parentPath, name }) => {
    return sum + (statSync(join(parentPath, name), { throwIfNoEntry: false })?.size ?? 0) / MB;
  }, 0);
}

/** The time within which that share of the answers came. */
export function within(share: number, served: readonly Served[]): number {
  const times = served.map(({ ms }) => ms).sort((a, b) => a - b);
  return times[Math.min(times.length - 1, Math.floor(times.length * share))];
}

export const unanswered = (served: readonly Served[]): string[] =>
  served.flatMap(({ path, status }) => (status === 200 ? [] : [`${status} ${path}`]));
