import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { isHere, requires } from '../../../test/support/requirements';
import { putTone, temporaryFolder } from '../../../test/support/small-music';
import { aTagWriter } from '../../../test/support/tag-writer';
import type { JobContext } from '../../jobs/queue';
import { openDatabase, readHere } from '../../platform/database';
import { AppError } from '../../rpc';
import { judge } from './judge';
import { createVerify } from './verify';
import { createWrittenQueries } from './written-queries';

const { it } = requires('ffmpeg');

const folder = temporaryFolder('verify');
afterAll(folder.remove);
const file = (name: string) => join(folder.path, 'music', name);
const NAMES = [
  ...['intact.flac', 'touched.mp3', 'retagged.flac', 'flipped.flac', 'rotten.flac', 'replaced.mp3', 'text.mp3'],
  ...['gone.ogg', 'undone.m4a', 'moved.flac'],
];
const db = openDatabase(':memory:');
const writer = aTagWriter({ db, reserveBytes: 0 });
const queued: unknown[] = [];
const verify = createVerify({
  ...{ db, judge, reader: readHere(createWrittenQueries(db)), rootOf: () => join(folder.path, 'music') },
  enqueue: async (request) => {
    queued.push(request);
    return { batchId: 3, jobIds: [7], added: 1 };
  },
});
const run = () => verify.handlers.run({}, { transport: 'cli' });

async function write(path: string, happy: string): Promise<void> {
  await writer.write(await writer.plan(path, { namespace: 'nom', tags: { happy: [happy] } }));
}

/** Turns one bit over in the middle of the audio, as a failing disk or a careless program does. */
function flip(path: string, keepsTime: boolean): void {
  const { atimeMs, mtimeMs } = statSync(path);
  const bytes = readFileSync(path);
  bytes[bytes.length - 500] ^= 1;
  writeFileSync(path, bytes);
  // A journal's time is exact; to whole seconds it would be another.
  if (keepsTime) utimesSync(path, atimeMs / 1000, mtimeMs / 1000);
}

beforeAll(async () => {
  if (!isHere('ffmpeg')) return;
  for (const [index, name] of NAMES.entries()) {
    putTone(file(name), 300 + index, { title: name });
    utimesSync(file(name), 1_700_000_000, 1_700_000_000);
    await write(file(name), '0.5');
  }
}, 60_000);

it('finds every file as it was left, at first', async () => {
  expect(await run()).toMatchObject({ files: NAMES.length, counts: { intact: NAMES.length }, findings: [] });
});

it('names what is not: flipped audio, with its time changed and without, other audio, no audio, nothing', async () => {
  utimesSync(file('touched.mp3'), 5, 5);
  await aTagWriter({ db: openDatabase(':memory:'), reserveBytes: 0 })
    .plan(file('retagged.flac'), { namespace: 'other', tags: { x: ['1'] } })
    .then((plan) => aTagWriter({ db: openDatabase(':memory:'), reserveBytes: 0 }).write(plan, { keepMtime: false }));
  flip(file('flipped.flac'), false);
  flip(file('rotten.flac'), true);
  putTone(file('replaced.mp3'), 999);
  writeFileSync(file('text.mp3'), 'no music');
  rmSync(file('gone.ogg'));
  await writer.undoFile(file('undone.m4a'));
  renameSync(file('moved.flac'), file('moved elsewhere.flac'));
  writer.moved(file('moved.flac'), file('moved elsewhere.flac'));
  const { findings, counts, files, bytes } = await run();
  expect(findings.map(({ path, verdict }) => `${basename(path)}: ${verdict}`)).toEqual([
    'flipped.flac: replaced',
    'gone.ogg: missing',
    'replaced.mp3: replaced',
    'rotten.flac: damaged',
    'text.mp3: replaced',
  ]);
  expect(counts).toEqual({ intact: 3, retagged: 2, replaced: 3, damaged: 1, missing: 1, unreadable: 0 });
  expect(files).toBe(NAMES.length);
  expect(bytes).toBeGreaterThan(50_000);
});

it('is a job with progress, of one library, that can be cancelled', async () => {
  expect(await verify.handlers.start({ library_id: 1 }, { transport: 'http' })).toEqual({ job_id: 7, batch_id: 3 });
  const [{ options }] = queued as { options: Record<string, unknown> }[];
  const job = { id: 7, options } as Parameters<typeof verify.job>[0];
  const fractions: number[] = [];
  const context = (signal: AbortSignal): JobContext => ({ signal, progress: (fraction) => fractions.push(fraction) });
  expect(await verify.job(job, context(new AbortController().signal))).toEqual({ outcome: 'verified' });
  expect(fractions.at(-1)).toBe(1);
  const { verification } = await verify.handlers.latest({ job_id: 7 }, { transport: 'http' });
  expect(verification).toMatchObject({ files: NAMES.length, rootPath: join(folder.path, 'music') });
  const stopped = AbortSignal.abort(new Error('cancelled'));
  await expect(verify.job({ ...job, id: 8 }, context(stopped))).rejects.toThrow('cancelled');
  expect((await verify.handlers.latest({ job_id: 8 }, { transport: 'http' })).verification).toBeNull();
});

it('knows a file of which several writes were undone, also one whose size they kept', async () => {
  const path = file('twice.flac');
  putTone(path, 440);
  for (const value of ['1', '2']) await write(path, value);
  await writer.undoFile(path);
  await writer.undoFile(path);
  const [known] = createWrittenQueries(db)['tagging.listWritten']({ root: null, after: file('twice.fla'), limit: 1 });
  expect(known).toMatchObject({ path, sizeBytes: statSync(path).size });
  expect(await judge(known)).toMatchObject({ verdict: 'intact' });
});

it('counts a file that brings its reader down as unreadable, and reads the others', async () => {
  const crash = new AppError('worker_crashed', 'The reader came to an unexpected end.');
  const fragile = createVerify({
    ...{ db, reader: readHere(createWrittenQueries(db)), rootOf: () => folder.path },
    judge: async (written) => (written.path === file('intact.flac') ? Promise.reject(crash) : judge(written)),
    enqueue: async () => ({ batchId: 1, jobIds: [1], added: 1 }),
  });
  const { findings } = await fragile.handlers.run({}, { transport: 'cli' });
  expect(findings).toContainEqual({ path: file('intact.flac'), verdict: 'unreadable' });
  expect(findings).toContainEqual({ path: file('rotten.flac'), verdict: 'damaged' });
});
