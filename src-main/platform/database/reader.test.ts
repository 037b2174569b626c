import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel, type Worker } from 'node:worker_threads';
import { afterAll, expect, it } from 'vitest';
import { insertRow } from '../../../test/support/insert-row';
import type { ReaderQueries } from '../../app/reader-queries';
import { AppError } from '../../rpc/errors';
import { findPaths } from '../paths/paths';
import { openDatabase } from './database';
import { createReader } from './reader';
import type { Answer } from './reading-thread';
import { serveQueries } from './serve-reader';

const folder = mkdtempSync(join(tmpdir(), 'tonearm-reader-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A question that counts to a thousand million, asking at each step whether anybody still wants to know. */
const ENDLESS = `(
  WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE still_wanted() AND n < 1e9)
  SELECT MAX(n) FROM number
)`;

const ASKED = { tier: 'regular', limit: 30 } as const;
const { readerEntry } = findPaths({ data: folder, models: [] });

/** A library on disk, and the thread as it is built, to read it. */
function aReader(name: string, entry = readerEntry) {
  const file = join(folder, `${name}.db`);
  const db = openDatabase(file);
  insertRow(db, 'library', { id: 1, name: 'Music', root_path: '/music' });
  const reports: unknown[] = [];
  const reader = createReader<ReaderQueries>(entry, file, (thrown) => reports.push(thrown));
  const happyTracks = async () => {
    const { mood_distribution } = await reader.read('analytics.moodDistribution', ASKED);
    return mood_distribution[0]?.count ?? 0;
  };
  const addHappyTrack = (id: number) => {
    insertRow(db, 'track', { id, library_id: 1, path: `${id}.flac`, analyzed_at: '2026-01-01' });
    insertRow(db, 'track_mood', { track_id: id, mood: 'happy', tier: 2 });
  };
  return { db, reader, reports, happyTracks, addHappyTrack };
}

/** The next thread that is started, to do to it what its system might. */
const nextThread = (): Promise<Worker> => once(process, 'worker').then(([worker]) => worker as Worker);

it('answers in its own thread with what was written a moment before', async () => {
  const { reader, happyTracks, addHappyTrack } = aReader('fresh');
  for (const id of [1, 2, 3]) {
    addHappyTrack(id);
    expect(await happyTracks()).toBe(id);
  }
  await reader.stop();
});

it('sees a write only as a whole, and never waits for the one who writes', async () => {
  const { db, reader, happyTracks, addHappyTrack } = aReader('whole');
  db.exec('BEGIN IMMEDIATE');
  addHappyTrack(1);
  expect(await happyTracks()).toBe(0);
  db.exec('COMMIT');
  expect(await happyTracks()).toBe(1);
  await reader.stop();
});

it('answers many questions at once, each its own', async () => {
  const { reader, addHappyTrack } = aReader('many');
  addHappyTrack(1);
  const moods = ['happy', 'sad', 'happy', 'party'];
  const handlers = await Promise.all(
    moods.map((mood) => reader.read('analytics.coOccurrences', { mood, tier: 'loose', limit: 5 })),
  );
  expect(handlers.map(({ tag, total_occurrences }) => `${tag} ${total_occurrences}`)).toEqual([
    ...['happy 1', 'sad 0', 'happy 1', 'party 0'],
  ]);
  await reader.stop();
});

it('carries the code and the sentence of a failure across, and goes on', async () => {
  const { reader, reports, happyTracks } = aReader('failing');
  const unknown = [{ key: 'colour', value: 'red' }];
  await expect(reader.read('analytics.matrix', { x: unknown, y: unknown, namespace: 'nom' })).rejects.toMatchObject({
    code: 'invalid_input',
    message: expect.stringContaining('"colour"'),
  });
  expect(reports).toEqual([]);
  expect(await happyTracks()).toBe(0);
  await reader.stop();
});

it('tells the log of a failure that nobody expected, and the caller no more than that', async () => {
  const { reader, reports, happyTracks } = aReader('unexpected');
  await expect(reader.read('no such query' as 'analytics.overview', {})).rejects.toMatchObject({ code: 'internal' });
  expect(String((reports[0] as Error).cause)).toContain('not a function');
  expect(await happyTracks()).toBe(0);
  await reader.stop();
});

it('refuses what cannot cross to a thread, and goes on', async () => {
  const { reader, happyTracks } = aReader('functions');
  const notData = { libraryId: () => 1 } as never;
  await expect(reader.read('analytics.overview', notData)).rejects.toThrow(/could not be cloned/);
  expect(await happyTracks()).toBe(0);
  await reader.stop();
});

it('fails what waits when its thread dies, with a sentence, and answers the next question from another', async () => {
  const { reader, happyTracks, addHappyTrack } = aReader('dying');
  addHappyTrack(1);
  const started = nextThread();
  const waiting = [happyTracks(), happyTracks()];
  const outcomes = Promise.allSettled(waiting);
  await (await started).terminate();
  for (const outcome of await outcomes) {
    expect(outcome).toMatchObject({
      status: 'rejected',
      reason: { code: 'internal', message: expect.stringContaining('Ask again') },
    });
  }
  expect(await happyTracks()).toBe(1);
  await reader.stop();
});

it('reports why a thread died', async () => {
  const entry = join(folder, 'dying.mjs');
  writeFileSync(
    entry,
    `import { parentPort } from 'node:worker_threads';
     parentPort.on('message', () => { throw new Error('out of memory, or so'); });`,
  );
  const { reader, reports, happyTracks } = aReader('reported', entry);
  for (const times of [1, 2]) {
    await expect(happyTracks()).rejects.toMatchObject({ code: 'internal' });
    expect(reports).toHaveLength(times);
  }
  expect((reports[0] as Error).message).toBe('out of memory, or so');
  await reader.stop();
});

it('says so when there is no database', async () => {
  const reports: unknown[] = [];
  const reader = createReader<ReaderQueries>(readerEntry, join(folder, 'nowhere.db'), (thrown) => reports.push(thrown));
  await expect(reader.read('analytics.overview', {})).rejects.toMatchObject({ code: 'internal' });
  expect(reports).toHaveLength(1);
  await reader.stop();
});

it('stops: what waits and what comes later is told that Tonearm is closing', async () => {
  const { db, reader, happyTracks } = aReader('stopping');
  const started = nextThread();
  const waiting = happyTracks();
  const reported = expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
  const thread = await started;
  await reader.stop();
  await reported;
  expect(thread.threadId).toBe(-1);
  await expect(happyTracks()).rejects.toMatchObject({ code: 'cancelled' });
  await reader.stop();
  // Nobody else has the database open: its log can be folded into it.
  expect(db.pragma('wal_checkpoint(TRUNCATE)')).toEqual([{ busy: 0, log: 0, checkpointed: 0 }]);
});

it('answers even when a query gives back what cannot cross to another thread', async () => {
  const { port1, port2 } = new MessageChannel();
  serveQueries(port2, {
    bad: () => () => 1,
    wrong: () => {
      throw new AppError('not_found', 'There is none.');
    },
  });
  const handlers: Answer[] = [];
  const all = new Promise<void>((resolve) => {
    port1.on('message', (answer: Answer) => handlers.push(answer) === 2 && resolve());
  });
  port1.postMessage({ id: 1, name: 'bad', input: {} });
  port1.postMessage({ id: 2, name: 'wrong', input: {} });
  await all;
  expect(handlers).toMatchObject([
    {
      id: 1,
      outcome: { ok: false, error: { code: 'internal' } },
      unexpected: expect.stringContaining('could not be cloned'),
    },
    { id: 2, outcome: { ok: false, error: { code: 'not_found', message: 'There is none.' } } },
  ]);
  port1.close();
});

const asker = (id: string, signal?: AbortSignal) =>
  ({ transport: 'http', credential: { kind: 'key', id }, signal }) as const;
/** Takes as long as the text has digits, unless it is ended before. */
const endless = {
  selection: { where: { text: ENDLESS, values: [] }, order: { text: 't.id', values: [] } },
  most: 1,
} as const;

it('lets those who ask from outside take turns, so that none starves the others', async () => {
  const { reader, addHappyTrack } = aReader('fair');
  addHappyTrack(1);
  const gone = new AbortController();
  const greedy = Array.from({ length: 15 }, () =>
    reader.read('playlists.select', endless, asker('greedy', gone.signal)).catch(({ code }) => code),
  );
  expect(await reader.read('analytics.moodDistribution', ASKED, asker('modest'))).toBeDefined();
  gone.abort();
  expect(await Promise.all(greedy)).toEqual(greedy.map(() => 'cancelled'));
  expect(await reader.read('analytics.moodDistribution', ASKED, asker('greedy'))).toBeDefined();
  await reader.stop();
});

it('tells whoever asks too much at once', async () => {
  const { reader, addHappyTrack } = aReader('greedy');
  addHappyTrack(1);
  const gone = new AbortController();
  const greedy = Array.from({ length: 40 }, () =>
    reader.read('playlists.select', endless, asker('greedy', gone.signal)).catch(({ code }) => code),
  );
  gone.abort();
  const codes = await Promise.all(greedy);
  expect(codes.filter((code) => code === 'rate_limited').length).toBeGreaterThan(10);
  await reader.stop();
});

it('ends what takes longer than ten seconds', async () => {
  const { reader, addHappyTrack } = aReader('endless');
  addHappyTrack(1);
  await expect(reader.read('playlists.select', endless, asker('patient'))).rejects.toMatchObject({ code: 'timed_out' });
  await reader.stop();
});
