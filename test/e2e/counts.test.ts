import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { requires } from '../support/requirements';
import { putTone, temporaryFolder } from '../support/small-music';
import { softChords, wavOf } from '../support/synthetic-audio';
import { writeTinyModels } from '../support/tiny-model';
import { makeMusic } from './music';
import { nom } from './nom';
import { type Served, serve, unaccounted, until } from './served';

const { describe } = requires('ffmpeg');
const folder = temporaryFolder('whole-counts');
const data = join(folder.path, 'data');
const music = join(folder.path, 'music');
const SHOWS = ['all', 'unanalyzed', 'skipped', 'errors', 'untagged', 'missing'] as const;
let app: Served;
let libraryId: number;

/** Of each kind of file that a library may hold, at least one; 00 to 03 are good. */
async function aMixedLibrary(): Promise<void> {
  const made = await makeMusic(music, 4);
  copyFileSync(made[0], join(music, 'the same again.mp3'));
  putTone(join(music, 'too short.flac'), 440);
  writeFileSync(join(music, 'no audio.mp3'), 'This is no music. '.repeat(50));
  const head = readFileSync(made[1]).subarray(0, 8192);
  writeFileSync(join(music, 'damaged.flac'), Buffer.concat([head, Buffer.alloc(30_000, 0x55)]));
  const long = wavOf(softChords, { seconds: 20 });
  writeFileSync(join(music, 'incomplete.wav'), long.subarray(0, Math.round(long.length * 0.6)));
}

const sum = (parts: readonly { count: number }[]) => parts.reduce((all, { count }) => all + count, 0);

/** The numbers of every place that shows some, after making sure that they say the same. */
async function reconciled() {
  const { api } = app;
  const [library] = await api.libraries.list({});
  const coverage = await api.analytics.coverage({ library_id: libraryId });
  const totals = await Promise.all(SHOWS.map(async (show) => (await api.tracks.list({ show, limit: 1 })).total));
  const shown = Object.fromEntries(SHOWS.map((show, index) => [show, totals[index]]));
  const { found, missing, present, waiting, skipped, failed, tagged } = coverage;
  expect(shown).toEqual({
    ...{ all: found, unanalyzed: waiting, skipped, errors: failed },
    ...{ untagged: present - tagged, missing },
  });
  expect([library.trackCount, library.missingCount]).toEqual([present, missing]);
  expect(found).toBe(missing + coverage.analyzed + skipped + failed + waiting);
  expect([sum(coverage.skippedReasons), sum(coverage.failedReasons)]).toEqual([skipped, failed]);
  expect((await api.analytics.overview({ library_id: libraryId })).file_count).toBe(present);
  expect((await api.libraries.stats({})).total_files).toBe(present);

  const { items } = await api.tracks.list({ limit: 500 });
  const reasonsOf = (status: string) => {
    const reasons = items.filter((track) => track.status === status).map(({ statusReason }) => statusReason);
    return [...Map.groupBy(reasons, (reason) => reason)].map(([reason, { length: count }]) => ({ reason, count }));
  };
  const sorted = (parts: readonly unknown[]) => parts.map((part) => JSON.stringify(part)).sort();
  expect(sorted(reasonsOf('skipped'))).toEqual(sorted(coverage.skippedReasons));
  expect(sorted(reasonsOf('failed'))).toEqual(sorted(coverage.failedReasons));
  return { coverage, queue: await reconciledQueue() };
}

/** The numbers of the queue: on its page, to scripts, and as `nom` prints them. */
async function reconciledQueue() {
  const { api } = app;
  const { pending, running, completed, skipped, errors } = await api.queue.status({});
  expect(await api.queue.depth({})).toEqual({ pending, running, completed, errors });
  const { counts, total } = await api.queue.list({ limit: 1 });
  expect(counts).toEqual({ pending, running, done: completed, error: errors });
  expect(total).toBe(pending + running + completed + errors);
  const wanted = [
    [['info'], `queue   ${pending} waiting, ${running} running, ${completed} done, ${errors} failed`],
    [['list'], total === 0 ? 'No jobs.' : `${total} in all`],
    [['list', '--status', 'failed'], errors === 0 ? 'No jobs.' : `${errors} in all`],
  ] as const;
  const printed = await Promise.all(wanted.map(([args]) => nom(data, args)));
  expect(printed.map(({ stdout }) => stdout.trimEnd().split('\n').at(-1))).toEqual(wanted.map(([, last]) => last));
  return { pending, running, completed, skipped, errors };
}

/** What `nom run` says of a folder, and its account. */
async function run(...options: string[]) {
  const { stdout } = await nom(data, ['run', music, ...options]);
  const { items } = await app.api.queue.batches({ limit: 1 });
  expect(unaccounted(items[0])).toBe(0);
  return { last: stdout.trimEnd().split('\n').at(-1), batch: items[0] };
}

describe('One number for a thing in every place', () => {
  beforeAll(async () => {
    await aMixedLibrary();
    app = await serve({ data, models: writeTinyModels(join(folder.path, 'models')) });
    libraryId = (await app.api.libraries.add({ root_path: music, watchMode: 'off' })).id;
    await scan(({ lastScanAt }) => lastScanAt !== null);
  });
  afterAll(async () => {
    await app.kill();
    folder.remove();
  });

  async function scan(isThere: (library: Awaited<ReturnType<Served['api']['libraries']['list']>>[number]) => boolean) {
    await app.api.libraries.scan({ id: libraryId, enqueue: false });
    await until('the scan', async () => {
      const [library] = await app.api.libraries.list({});
      return library.state !== 'scanning' && isThere(library);
    });
  }

  it('after a scan, an analysis, a write, a write that finds nothing to do, and when a file is gone', async () => {
    const scanned = await reconciled();
    expect(scanned.coverage).toMatchObject({ found: 9, waiting: 8, failed: 1, analyzed: 0, tagged: 0 });

    const analysis = await run('--no-write');
    expect(analysis.last).toBe(
      'found 9 = 6 analyzed + 1 skipped (too short) + 2 failed (1 unreadable audio, 1 unsupported file)',
    );
    const analyzed = await reconciled();
    expect(analyzed.coverage).toMatchObject({ waiting: 0, skipped: 1, failed: 2, analyzed: 6, tagged: 0 });
    expect(analyzed.queue).toMatchObject({ completed: 7, skipped: 1, errors: analyzed.coverage.failed });
    expect([sum(analysis.batch.skipped), sum(analysis.batch.failed)]).toEqual([1, 2]);

    // What is incomplete is analyzed and never written.
    const write = await run();
    expect(write.last).toBe(
      'found 9 = 5 written + 1 skipped (too short) + 3 failed (2 unsupported file, 1 unreadable audio)',
    );
    const written = await reconciled();
    expect(written.coverage).toMatchObject({ waiting: 0, skipped: 1, failed: 2, analyzed: 6, tagged: 5 });
    expect(written.queue.errors).toBe(3);

    const again = await run();
    expect(again.last).toBe(
      'found 9 = 0 written + 6 skipped (5 up to date, 1 too short) + 3 failed (2 unsupported file, 1 unreadable audio)',
    );
    expect((await app.api.queue.status({})).errors).toBe(3);

    rmSync(join(music, 'the same again.mp3'));
    await scan(({ missingCount }) => missingCount === 1);
    expect((await reconciled()).coverage).toMatchObject({ found: 9, missing: 1, analyzed: 5, tagged: 4 });
  }, 100_000);

  it('with a track that was too short for a higher limit than there is now, which waits again', async () => {
    const before = await reconciled();
    expect(before.coverage.skippedReasons).toEqual([{ reason: 'too_short', count: 1 }]);
    await app.api.settings.update({ min_duration_s: 1 });
    const after = await reconciled();
    expect(after.coverage).toMatchObject({ skipped: 0, waiting: 1 });
    const { last } = await run('--no-write');
    expect(last).toMatch(/^found 8 = 1 analyzed \+ 5 skipped \(up to date\) \+ 2 failed/);
    expect((await reconciled()).coverage).toMatchObject({ skipped: 0, waiting: 0, analyzed: 6 });
  }, 100_000);
});
