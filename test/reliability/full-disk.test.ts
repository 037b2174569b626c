import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { STEPS, type Step } from '../../src-main/files/safe-files';
import { readTags } from '../../src-main/files/tag-formats';
import type { JobResult } from '../../src-main/jobs/queue';
import { aQueue, deferred, until } from '../../src-main/jobs/queue/queue.fixture';
import { openDatabase } from '../../src-main/platform/database';
import { toFailure } from '../../src-main/rpc/errors';
import { buildSmallFiles } from '../corpus/build';
import { HAPPY, onDrive, SAD } from '../corpus/workbench';
import { requires } from '../support/requirements';
import { temporaryFolder } from '../support/small-music';
import { softChords, wavOf } from '../support/synthetic-audio';
import { aTagWriter, type WriterOfTags } from '../support/tag-writer';
import { recoverAndCheck, shaOf } from './after-crash';
import { recordFigure } from './figures';

const { describe } = requires('ffmpeg', 'mounts');

const KINDS = ['flac', 'mp3', 'm4a'];
const folder = temporaryFolder('full');

describe('A disk that is full', () => {
  beforeAll(() => buildSmallFiles(folder.path, 0));
  afterAll(folder.remove);

  it('does no harm at whatever step of a write or an undo it fills up, and lets both be done once there is room', async () => {
    const outcomes = { done: 0, refused: 0 };
    for (const kind of KINDS) {
      for (const direction of ['write', 'undo'] as const) {
        for (const step of STEPS) outcomes[await fillAt(step, kind, direction)]++;
      }
    }
    const cases = outcomes.done + outcomes.refused;
    expect(cases).toBe(KINDS.length * 2 * STEPS.length);
    expect(outcomes.refused).toBeGreaterThan(cases / 4);
    const note = `${outcomes.refused} refused with the reason, ${outcomes.done} had all they needed; database on the same disk`;
    recordFigure('R7', { what: 'disk filled at each step', cases, passed: cases, line: '0 damage', note });
  });

  it('lets a job wait, with the reason, while it has not twice the room of the file and 100 MB, and go on by itself', async () => {
    const bytes = wavOf(softChords, { seconds: 30 });
    const size = (files: number) => `size=${Math.ceil(files * bytes.length) + 100 * 2 ** 20}`;
    await onDrive(size(1 + 1.9), async (drive) => {
      const path = join(drive, 'song.wav');
      writeFileSync(path, bytes);
      let attempt = deferred();
      const writer = aTagWriter({ db: openDatabase(':memory:') });
      const tag = async (): Promise<JobResult> => {
        try {
          await writer.write(await writer.plan(path, HAPPY));
          return { outcome: 'tagged' };
        } finally {
          attempt.resolve();
        }
      };
      const { queue, ask, clock } = aQueue({ tag });
      queue.start();
      const { batchId } = await ask([path]);
      for (let time = 0; time < 2; time++) {
        await attempt.promise;
        await until(() => queue.status().held_reason !== null && queue.status().running === 0);
        expect(queue.status().held_reason).toMatch(/too little space/);
        expect(shaOf(readFileSync(path))).toBe(shaOf(bytes));
        attempt = deferred();
        if (time === 1) execFileSync('mount', ['-o', `remount,${size(1 + 2.1)}`, drive]);
        clock.advance(60_000);
      }
      await attempt.promise;
      await until(() => queue.status().running === 0);
      expect(queue.views.findBatch(batchId)).toMatchObject({ found: 1, done: 1, failed: [] });
      expect(await readTags(path, 'nom')).toEqual(HAPPY.tags);
      await queue.stop();
    });
    const line = 'waits with the reason, goes on by itself';
    recordFigure('R7', { what: 'less room than 2 × file + 100 MB', cases: 2, passed: 2, line, note: 'tmpfs' });
  });
});

/** Fills the disk of music and database at a step, looks at the harm, makes room and tries again. */
async function fillAt(step: Step, kind: string, direction: 'write' | 'undo'): Promise<'done' | 'refused'> {
  let outcome: 'done' | 'refused' = 'done';
  await onDrive('size=6m', async (drive) => {
    const [music, database, ballast] = ['music', 'tonearm.db', 'ballast'].map((name) => join(drive, name));
    mkdirSync(music);
    const path = join(music, `song.${kind}`);
    copyFileSync(join(folder.path, `00.${kind}`), path);
    const originals = new Map([[path, shaOf(readFileSync(path))]]);
    let isFilling = false;
    const onStep = (at: string) => {
      if (isFilling && at === step) fill(ballast);
    };
    const db = openDatabase(database);
    const writer = aTagWriter({ db, reserveBytes: 0, onStep });
    await writer.write(await writer.plan(path, HAPPY));
    const act = (by: WriterOfTags) =>
      direction === 'undo' ? by.undoFile(path) : by.plan(path, SAD).then((plan) => by.write(plan));
    isFilling = true;
    const before = shaOf(readFileSync(path));
    await act(writer).catch((thrown: unknown) => {
      outcome = 'refused';
      expect(toFailure(thrown).code, `${kind} ${direction} ${step}: ${thrown}`).toBe('disk_full');
    });
    isFilling = false;
    const after = shaOf(readFileSync(path));
    if (!['sync-folder', 'settle'].includes(step) && outcome === 'refused') expect(after).toBe(before);
    db.close();
    rmSync(ballast, { force: true });
    expect((await recoverAndCheck({ database, folder: music, originals, undoAll: false })).complaints).toEqual([]);
    const again = openDatabase(database);
    if (after === before) await act(aTagWriter({ db: again, reserveBytes: 0 }));
    again.close();
    expect((await recoverAndCheck({ database, folder: music, originals, undoAll: true })).complaints).toEqual([]);
  });
  return outcome;
}

/** Not one more byte has room. */
function fill(ballast: string): void {
  for (const size of [65_536, 4096]) {
    try {
      for (;;) writeFileSync(ballast, Buffer.alloc(size), { flag: 'a' });
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== 'ENOSPC') throw thrown;
    }
  }
}
