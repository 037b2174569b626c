import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect } from 'vitest';
import { anAnalysis } from '../../../../test/support/analysis';
import { requires } from '../../../../test/support/requirements';
import { putTone } from '../../../../test/support/small-music';
import { AppError, type ErrorCode } from '../../../rpc/errors';
import { createAttempts } from './failed-attempts';
import { aTaggedLibrary } from './tag-job.fixture';

const { it } = requires('ffmpeg');

const cleanUps: (() => void)[] = [];
afterEach(() => {
  for (const each of cleanUps.splice(0)) each();
});

/** A library whose song was scanned, and whose pool fails as long as `failure` is set. */
async function aLibrary(code: ErrorCode) {
  const pool = { failure: new AppError(code, 'In vain.') as AppError | undefined };
  const made = await aTaggedLibrary(async () => {
    if (pool.failure) throw pool.failure;
    return anAnalysis();
  });
  cleanUps.push(made.folder.remove);
  const { libraries, library, queued } = made;
  async function scan(choices: { force?: boolean } = {}) {
    queued.length = 0;
    const summary = await (await libraries.scan(library.id, choices)).ended;
    expect(summary.queued).toBe(queued[0]?.ids.length ?? 0);
    return summary.queued;
  }
  await scan();
  return { ...made, pool, scan, tryIt: () => made.run({ trackId: made.track().id }).catch(() => {}) };
}

it.each<[ErrorCode, string]>([
  ['unreadable_audio', 'failed_before'],
  ['too_short', 'too_short'],
  ['quarantined', 'quarantined'],
])('leaves a track that came to nothing (%s) out of every later scan, and accounts for it', async (code, reason) => {
  const { scan, tryIt, folder, queued } = await aLibrary(code);
  expect(await scan()).toBe(1);
  await tryIt();
  expect(await scan()).toBe(0);
  putTone(join(folder.path, 'another.mp3'), 550);
  expect(await scan()).toBe(1);
  expect(queued[0].passed).toEqual({ [reason]: 1 });
});

it.each<ErrorCode>(['worker_crashed', 'disk_full', 'cancelled', 'busy', 'inference_unavailable'])(
  'queues a track again whose attempt failed for no fault of the file (%s)',
  async (code) => {
    const { scan, tryIt } = await aLibrary(code);
    await tryIt();
    expect(await scan()).toBe(1);
  },
);

it('queues it again when the file has changed, and when a scan is forced', async () => {
  const { scan, tryIt, song } = await aLibrary('unreadable_audio');
  await tryIt();
  expect(await scan({ force: true })).toBe(1);
  utimesSync(song, new Date(), new Date('2001-01-01'));
  expect(await scan()).toBe(1);
});

it('queues what was too short when the least duration has changed, and nothing else', async () => {
  const short = await aLibrary('too_short');
  await short.tryIt();
  short.settings.update({ min_duration_s: 3 });
  expect(await short.scan()).toBe(1);
  const broken = await aLibrary('unreadable_audio');
  await broken.tryIt();
  broken.settings.update({ min_duration_s: 3 });
  expect(await broken.scan()).toBe(0);
});

it('lets a track wait again that is long enough for a lower limit, and one that is not stay skipped', async () => {
  const { tryIt, track, tracks, attempts, settings } = await aLibrary('too_short');
  await tryIt();
  expect(track()).toMatchObject({ status: 'skipped', statusReason: 'too_short' });
  settings.update({ min_duration_s: 3 });
  expect(attempts.leastChanged()).toBe(0);
  expect(track().status).toBe('skipped');
  settings.update({ min_duration_s: 1 });
  expect(attempts.leastChanged()).toBe(1);
  expect(tracks.get(track().id)).toMatchObject({ status: 'waiting', statusReason: null });
});

it('queues it again when the models or the preset have changed', async () => {
  const { tryIt, tracks, settings, library, track } = await aLibrary('unreadable_audio');
  await tryIt();
  const now = createAttempts({ tracks, settings, version: () => 'v1' });
  const later = createAttempts({ tracks, settings, version: () => 'v2' });
  expect(now.knownFailures(library.id)).toEqual(new Map([[track().id, 'failed_before']]));
  expect(later.knownFailures(library.id)).toEqual(new Map());
});

it('tries again when somebody asks for the track itself, and forgets the failure with the first success', async () => {
  const { run, pool, tryIt, track, tracks, library } = await aLibrary('unreadable_audio');
  await tryIt();
  await expect(run({ trackId: track().id })).rejects.toThrow('In vain.');
  pool.failure = undefined;
  expect(await run({ trackId: track().id })).toMatchObject({ outcome: 'tagged' });
  expect(tracks.listKnownFailures(library.id, ['v1'])).toEqual([]);
});
