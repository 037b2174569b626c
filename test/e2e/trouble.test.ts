import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { requires } from '../support/requirements';
import { temporaryFolder } from '../support/small-music';
import { softChords, wavOf } from '../support/synthetic-audio';
import { writeTinyModels } from '../support/tiny-model';
import { leftOvers, makeMusic, sha } from './music';
import { batchEnded, jobsOf, type Served, serve, unaccounted, until, workersOf } from './served';

const { describe } = requires('ffmpeg');

const folder = temporaryFolder('whole-trouble');
let made: string[] = [];
let models = '';
const apps: Served[] = [];
const mounts: string[] = [];
let number = 0;

describe('Trouble while tagging', () => {
  beforeAll(async () => {
    made = await makeMusic(join(folder.path, 'made'), 6);
    models = writeTinyModels(join(folder.path, 'models'));
  });
  afterEach(async () => {
    for (const app of apps.splice(0)) await app.kill();
    for (const at of mounts.splice(0).reverse()) execFileSync('umount', ['-l', at]);
  });
  afterAll(folder.remove);

  it('reports a file that is marked read-only, and tags the others', async () => {
    const { app, files } = await aLibrary();
    chmodSync(files[0], 0o444);
    await onlyFirstFails(app, files, 'not_writable');
  });

  requires('protected files').it('reports an immutable file, and tags the others', async () => {
    const { app, files } = await aLibrary();
    execFileSync('chattr', ['+i', files[0]]);
    try {
      await onlyFirstFails(app, files, 'not_writable');
    } finally {
      execFileSync('chattr', ['-i', files[0]]);
    }
  });

  requires('mounts').it('reports every file of a drive that is mounted for reading only', async () => {
    const { app, music, files } = await aLibrary();
    mount(music, '--bind', music);
    execFileSync('mount', ['-o', 'remount,ro,bind', music]);
    const before = files.map(sha);
    const { ended } = await tagAll(app, music);
    expect(ended.failed).toEqual([{ reason: 'not_writable', count: files.length }]);
    expect(files.map(sha)).toEqual(before);
  });

  it('reports a file that vanished while it waited, and tags the others', async () => {
    const { app, files } = await aLibrary();
    await onlyFirstFails(app, files, 'not_found', () => rmSync(files[0]));
  });

  it('reports a file that changed while it was analyzed, writes nothing into it, and analyzes it anew', async () => {
    const { app, music } = await aLibrary();
    const long = join(music, 'long.wav');
    writeFileSync(long, wavOf(softChords, { seconds: 240 }));
    const { job_id: jobId } = await app.api.queue.tag({ path: long });
    const job = { job_id: jobId! };
    await until('the file to be analyzed', async () => (await app.api.queue.get(job)).progress > 0);
    appendFileSync(long, Buffer.alloc(2));
    const changed = sha(long);
    await until('the job to end', async () => (await app.api.queue.get(job)).finished_at ?? undefined);
    expect(await app.api.queue.get(job)).toMatchObject({ status: 'error', reason: 'file_changed' });
    expect(sha(long)).toBe(changed);
    await app.api.queue.retry(job);
    await until('the job to end', async () => (await app.api.queue.get(job)).finished_at ?? undefined);
    expect(await app.api.queue.get(job)).toMatchObject({ status: 'done', outcome: 'tagged' });
  }, 120_000);

  requires('mounts').it(
    'holds the queue while the disk is full, loses nothing, and goes on when told that there is room',
    async () => {
      const { app, music, files } = await aLibrary({ drive: '60m' });
      const before = files.map(sha);
      const { batch_id: batchId } = await app.api.queue.tag({ path: music });
      const status = await until('the queue to be held', async () => {
        const now = await app.api.queue.status({});
        return Boolean(now.held_reason) && now.running === 0 && now;
      });
      expect(status.held_reason).toMatch(/space/);
      expect(await app.api.queue.batch({ batch_id: batchId })).toMatchObject({ pending: files.length, failed: [] });
      expect(files.map(sha)).toEqual(before);
      expect(leftOvers(music)).toEqual([]);
      execFileSync('mount', ['-o', 'remount,size=400m', music]);
      await app.api.queue.resume({});
      expect(await batchEnded(app.api, batchId)).toMatchObject({ done: files.length, failed: [] });
    },
  );

  requires('mounts').it('lives through a full disk under its own data, and finishes once there is room', async () => {
    const data = join(folder.path, 'small data');
    mkdirSync(data);
    mount(data, '-t', 'tmpfs', '-o', 'size=8m', 'tonearm-test');
    const { app, music } = await aLibrary({ data });
    writeFileSync(join(music, 'long.wav'), wavOf(softChords, { seconds: 120 }));
    const { batch_id: batchId } = await app.api.queue.tag({ path: music });
    const ballast = join(data, 'ballast');
    expect(() => {
      for (;;) appendFileSync(ballast, Buffer.alloc(4096));
    }).toThrow(/ENOSPC/);
    await expect(app.api.queue.tag({ path: music, force: true })).rejects.toMatchObject({ code: 'disk_full' });
    const status = await until('the queue to be held', async () => {
      const now = await app.api.queue.status({});
      return Boolean(now.held_reason) && now;
    });
    expect(status.held_reason).toMatch(/no space left/);
    rmSync(ballast);
    await app.api.queue.resume({});
    const ended = await batchEnded(app.api, batchId);
    expect(unaccounted(ended)).toBe(0);
    expect(ended.failed).toEqual([]);
    expect(ended.found).toBe(made.length + 1);
    expect(leftOvers(music)).toEqual([]);
  });

  requires('mounts').it('takes an unmounted library for offline and none of its files for missing', async () => {
    const { app, files, libraryId } = await aLibrary({ drive: '400m' });
    await app.api.libraries.scan({ id: libraryId, enqueue: false });
    const library = async () => (await app.api.libraries.list({}))[0];
    await until('the scan to end', async () => (await library()).lastScanAt !== null);
    execFileSync('umount', [mounts.pop()!]);
    await app.api.libraries.scan({ id: libraryId, enqueue: false });
    await until('the scan to end', async () => (await library()).state !== 'scanning');
    expect(await library()).toMatchObject({ state: 'offline', missingCount: 0, trackCount: files.length });
  });

  it('goes on with a file whose worker is killed in the middle of it', async () => {
    const { app, music, data } = await aLibrary();
    const long = join(music, 'long.wav');
    writeFileSync(long, wavOf(softChords, { seconds: 240 }));
    const { job_id: jobId } = await app.api.queue.tag({ path: long });
    const job = { job_id: jobId! };
    await until('the file to be analyzed', async () => (await app.api.queue.get(job)).progress > 0);
    const workers = workersOf(data);
    for (const pid of workers) process.kill(pid, 'SIGKILL');
    expect(workers.length).toBeGreaterThan(0);
    await until('the job to end', async () => (await app.api.queue.get(job)).finished_at ?? undefined);
    expect(await app.api.queue.get(job)).toMatchObject({ status: 'done', outcome: 'tagged', attempts: 2 });
    const { ended } = await tagAll(app, music);
    expect(ended).toMatchObject({ done: made.length, failed: [] });
  }, 120_000);
});

interface Wishes {
  /** The music lies on a drive of its own, of this size. */
  readonly drive?: string;
  readonly data?: string;
}

/** A running application with a library of good files, nothing queued. */
async function aLibrary({ drive, data }: Wishes = {}) {
  number += 1;
  const music = join(folder.path, `music ${number}`);
  mkdirSync(music);
  if (drive) mount(music, '-t', 'tmpfs', '-o', `size=${drive}`, 'tonearm-test');
  const files = made.map((path, index) => join(music, `${index} ${path.slice(path.lastIndexOf('/') + 1)}`));
  for (const [index, path] of made.entries()) copyFileSync(path, files[index]);
  const own = data ?? join(folder.path, `data ${number}`);
  const app = await serve({ data: own, models });
  apps.push(app);
  // Who watches would ask for the files too, sooner or later.
  const { id: libraryId } = await app.api.libraries.add({ root_path: music, watchMode: 'off' });
  return { app, music, files, libraryId, data: own };
}

function mount(at: string, ...how: string[]): void {
  execFileSync('mount', [...how, at]);
  mounts.push(at);
}

async function tagAll({ api }: Served, music: string) {
  const { batch_id: batchId } = await api.queue.tag({ path: music });
  const ended = await batchEnded(api, batchId);
  expect(unaccounted(ended)).toBe(0);
  return { ended, jobs: await jobsOf(api, batchId) };
}

/** Queues all files, lets something happen to the first while they wait, and sees that it alone is not tagged, and why. */
async function onlyFirstFails(app: Served, files: readonly string[], reason: string, meanwhile = () => {}) {
  const bytes = reason === 'not_found' ? undefined : sha(files[0]);
  await app.api.queue.pause({});
  const { batch_id: batchId } = await app.api.queue.tag({ paths: [...files] });
  meanwhile();
  await app.api.queue.resume({});
  const ended = await batchEnded(app.api, batchId);
  expect(ended).toMatchObject({ done: files.length - 1, failed: [{ reason, count: 1 }] });
  expect(unaccounted(ended)).toBe(0);
  const job = (await jobsOf(app.api, batchId)).get(files[0])!;
  expect(job.error_message).toMatch(/.{10,}\.$/);
  if (bytes) expect(sha(files[0])).toBe(bytes);
}
