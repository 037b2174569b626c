import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { encodeWav, renderPiece } from '../../src-main/app/demo';
import { readInstance } from '../../src-main/platform/auth';
import { openDatabase } from '../../src-main/platform/database';
import { findPaths } from '../../src-main/platform/paths/paths';
import { type Served, serve } from '../e2e/served';
import { payloads } from '../support/lidarr';
import { temporaryFolder } from '../support/small-music';
import { recordFigure } from './figures';
import { createFlood, type Flooded, type Tempo } from './flooding';

const IS_FOR_FIGURES = process.env.TONEARM_FIGURES === '1';
/** As many as come in a minute, and as fast as fifty connections can. */
const TEMPI: readonly Tempo[] = [
  { name: '10 000 a minute', calls: IS_FOR_FIGURES ? 10_000 : 100, perMinute: 10_000, atOnce: 50 },
  { name: 'at once, over 50 connections', calls: IS_FOR_FIGURES ? 10_000 : 300, perMinute: null, atOnce: 50 },
];
const FILES = 20;

const folder = temporaryFolder('flood');
const paths = findPaths({ data: join(folder.path, 'data'), models: [] });
const music = join(folder.path, 'music');
let app: Served;
let flood: ReturnType<typeof createFlood>;
let inbound: string;

beforeAll(async () => {
  mkdirSync(music);
  const piece = { style: 'house', bpm: 124, key: 'A', scale: 'minor', seconds: 2, sampleRate: 8000, seed: 1 } as const;
  const bytes = encodeWav(renderPiece(piece), 8000);
  for (let at = 0; at < FILES; at += 1) writeFileSync(join(music, `${at}.wav`), bytes);
  app = await serve({ data: paths.data });
  await app.api.libraries.add({ root_path: music });
  await app.api.queue.pause({});
  const lidarr = { kind: 'lidarr', name: 'Lidarr', url: 'http://127.0.0.1:9', secret: 'b' } as const;
  inbound = `/api/v1/webhooks/inbound/lidarr/${(await app.api.connections.add(lidarr)).id}`;
  const { key } = await app.api.auth.createKey({ name: 'Lidarr', scope: 'webhook' });
  flood = createFlood(readInstance(paths.instanceFile)!.port, key);
}, 120_000);
afterAll(async () => {
  flood?.end();
  await app?.kill();
  folder.remove();
});

function reported(what: string, { answers, tempo }: Flooded, kept: number): void {
  const times = answers.map(({ ms }) => ms).sort((a, b) => a - b);
  const at = (share: number) => `${times[Math.floor((times.length - 1) * share)].toFixed(1)} ms`;
  const note = `answered in ${at(0.5)} (half), ${at(0.99)} (99 %), ${at(1)} (longest); killed right after; machine's load ${loadavg()[0].toFixed(0)} on ${availableParallelism()} processors`;
  recordFigure('flood', {
    what: `${what}, ${tempo.name}`,
    cases: answers.length,
    passed: kept,
    line: '100 % durable',
    note,
  });
}

it('keeps every call to tag and every event of a Lidarr, though it is killed right after the last answer', async () => {
  const tags: Flooded[] = [];
  const events: Flooded[] = [];
  for (const tempo of TEMPI) {
    tags.push(await flood.run(tempo, '/api/v1/tag', (at) => ({ path: join(music, `${at % FILES}.wav`) })));
    const aHealth = (at: number) => ({ ...payloads.health(), message: `${tempo.name} ${at}` });
    events.push(await flood.run(tempo, inbound, aHealth));
  }
  await app.kill();
  const all = [...tags, ...events].flatMap(({ answers }) => answers);
  expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200]));

  const db = openDatabase(paths.database);
  const jobs = new Set(db.prepare<[], number>('SELECT id FROM job').pluck().all());
  const pending = db.prepare<[], string>(`SELECT path FROM job WHERE status = 'pending'`).pluck().all();
  const batches = db
    .prepare<[], { title: string; found: number }>(`SELECT title, found FROM job_batch WHERE source = 'api'`)
    .all();
  const kept = new Set(db.prepare<[], number>('SELECT id FROM inbound_event').pluck().all());
  db.close();
  for (const run of tags) {
    const keptTags = run.answers.filter(({ body }) => jobs.has(body.job_id!)).length;
    reported('calls to POST /api/v1/tag', run, keptTags);
    expect(keptTags).toBe(run.tempo.calls);
  }
  for (const run of events) {
    const keptEvents = run.answers.filter(({ body }) => kept.has(body.id!)).length;
    reported('events of a Lidarr', run, keptEvents);
    expect(keptEvents).toBe(run.tempo.calls);
  }
  const numbers = new Set(events.flatMap(({ answers }) => answers.map(({ body }) => body.id)));
  expect(numbers.size).toBe(TEMPI.reduce((sum, { calls }) => sum + calls, 0));
  expect(pending).toHaveLength(FILES);
  expect(new Set(pending).size).toBe(FILES);
  // One album, in as many bursts as it came; a scan of its own may have come between.
  expect(batches.length).toBeLessThanOrEqual(TEMPI.length);
  expect(batches.every(({ title }) => title === 'Files in music')).toBe(true);
}, 600_000);
