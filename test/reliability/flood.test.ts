import { mkdirSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readInstance } from '../../src-main/auth';
import { openDatabase } from '../../src-main/database';
import { encodeWav, renderPiece } from '../../src-main/demo';
import { findPaths } from '../../src-main/paths';
import { payloads } from '../lidarr';
import { temporaryFolder } from '../small-music';
import { type Served, serve } from '../whole/served';
import { recordFigure } from './figures';

const CALLS = process.env.TONEARM_FIGURES === '1' ? 10_000 : 300;
const AT_ONCE = 16;
const FILES = 20;

const folder = temporaryFolder('flood');
const paths = findPaths({ data: join(folder.path, 'data'), models: [] });
const music = join(folder.path, 'music');
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
let app: Served;
let connectionId: number;

beforeAll(async () => {
  mkdirSync(music);
  const piece = { style: 'house', bpm: 124, key: 'A', scale: 'minor', seconds: 2, sampleRate: 8000, seed: 1 } as const;
  const bytes = encodeWav(renderPiece(piece), 8000);
  for (let at = 0; at < FILES; at += 1) writeFileSync(join(music, `${at}.wav`), bytes);
  app = await serve({ data: paths.data });
  await app.api.libraries.add({ root_path: music });
  await app.api.queue.pause({});
  const lidarr = { kind: 'lidarr', name: 'Lidarr', url: 'http://127.0.0.1:9', secret: 'b' } as const;
  connectionId = (await app.api.connections.add(lidarr)).id;
});
afterAll(async () => {
  agent.destroy();
  await app?.kill();
  folder.remove();
});

interface Answer {
  readonly status: number;
  readonly body: { readonly id?: number; readonly job_id?: number };
  readonly ms: number;
}

/** Posts all of them, so many at a time, as programs with kept connections do. */
async function flood(path: string, bodyOf: (at: number) => unknown): Promise<Answer[]> {
  const answers: Answer[] = [];
  let next = 0;
  const one = async () => {
    for (let at = next++; at < CALLS; at = next++) answers.push(await post(path, JSON.stringify(bodyOf(at))));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  return answers;
}

function post(path: string, body: string): Promise<Answer> {
  const { port, token } = readInstance(paths.instanceFile)!;
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, agent, path, method: 'POST', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.once('end', () =>
        resolve({ status: response.statusCode!, body: JSON.parse(text), ms: performance.now() - began }),
      );
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

function told(what: string, answers: readonly Answer[], kept: number): void {
  const times = answers.map(({ ms }) => ms).sort((a, b) => a - b);
  const at = (share: number) => `${times[Math.floor((times.length - 1) * share)].toFixed(1)} ms`;
  const note = `answered in ${at(0.5)} (half), ${at(0.99)} (99 %), ${at(1)} (longest); killed right after`;
  recordFigure('flood', { what, cases: answers.length, passed: kept, line: '100 % durable', note });
}

it(`keeps ${CALLS} calls to tag and as many events of a Lidarr, though it is killed right after the last answer`, async () => {
  const tags = await flood('/api/v1/tag', (at) => ({ path: join(music, `${at % FILES}.wav`) }));
  const events = await flood(`/api/v1/webhooks/inbound/lidarr/${connectionId}`, (at) => ({
    ...payloads.health(),
    message: `number ${at}`,
  }));
  await app.kill();
  expect(new Set([...tags, ...events].map(({ status }) => status))).toEqual(new Set([200]));

  const db = openDatabase(paths.database);
  const jobs = new Set(db.prepare<[], number>('SELECT id FROM job').pluck().all());
  const pending = db.prepare<[], string>(`SELECT path FROM job WHERE status = 'pending'`).pluck().all();
  const kept = new Set(db.prepare<[], number>('SELECT id FROM inbound_event').pluck().all());
  db.close();
  const keptTags = tags.filter(({ body }) => jobs.has(body.job_id!)).length;
  const keptEvents = events.filter(({ body }) => kept.has(body.id!)).length;
  told('calls to POST /api/v1/tag', tags, keptTags);
  told('events of a Lidarr', events, keptEvents);
  expect([keptTags, keptEvents]).toEqual([CALLS, CALLS]);
  expect(new Set(events.map(({ body }) => body.id)).size).toBe(CALLS);
  expect(pending).toHaveLength(FILES);
  expect(new Set(pending).size).toBe(FILES);
}, 600_000);
