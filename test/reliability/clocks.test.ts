import { copyFileSync, mkdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { aQueue, until } from '../../src-main/jobs/queue/queue.fixture';
import { guardAgainstLoss } from '../../src-main/library/libraries/scan/6-mark-missing';
import { aTaggedLibrary } from '../../src-main/library/tagging/jobs/tag-job.fixture';
import { openDatabase } from '../../src-main/platform/database';
import { HAPPY, SAD, sha, workbench } from '../corpus/workbench';
import { requires } from '../support/requirements';
import { aTagWriter } from '../support/tag-writer';
import { recordFigure } from './figures';

const { describe } = requires('ffmpeg');

const bench = workbench();
let folder = '';
let file = '';
beforeEach(() => {
  ({ folder, file } = bench());
});
afterEach(() => void vi.useRealTimers());

/** The ends of 31 bits either way, the day before 1970, a leap day, both hours of changes of the clocks, the far future. */
const DATES = [
  '1901-12-13T20:45:53Z',
  '1969-12-31T23:59:59.500Z',
  '1970-01-01T00:00:00Z',
  '2024-02-29T12:00:00.123Z',
  '2026-03-29T01:30:00Z',
  '2026-10-25T00:30:00Z',
  '2026-10-25T01:30:00Z',
  '2038-01-19T03:14:08Z',
  '2106-02-07T06:28:16Z',
  '2399-12-31T23:59:59Z',
];

describe('Clocks and dates', () => {
  it('keeps the time of a file from 1901 to 2399 through write and undo, and finds it unchanged at the next scan', async () => {
    const writer = aTagWriter({ db: openDatabase(':memory:'), reserveBytes: 0 });
    const original = sha(file);
    for (const date of DATES) {
      const seconds = Date.parse(date) / 1000;
      utimesSync(file, seconds, seconds);
      const before = statSync(file).mtimeMs;
      await writer.write(await writer.plan(file, HAPPY));
      expect(statSync(file).mtimeMs, date).toBeCloseTo(before, 0);
      await writer.undoFile(file);
      expect(statSync(file).mtimeMs, date).toBeCloseTo(before, 0);
      expect(sha(file), date).toBe(original);
    }
    recordFigure('R23', { what: 'file dates 1901 … 2399', cases: DATES.length, passed: DATES.length, line: 'kept' });
  });

  it('finds a file of any date unchanged at the second scan, after its tags were written too', async () => {
    const library = await aTaggedLibrary();
    for (const date of DATES) {
      const seconds = Date.parse(date) / 1000;
      utimesSync(library.song, seconds, seconds);
      await (await library.libraries.scan(library.library.id)).ended;
      await library.run({ force: true });
      const { ended } = await library.libraries.scan(library.library.id);
      expect(await ended, date).toMatchObject({ outcome: 'done', unchanged: 1, missing: 0 });
    }
    library.folder.remove();
    const cases = DATES.length;
    recordFigure('R23', { what: 'scanned, tagged and scanned again', cases, passed: cases, line: 'unchanged' });
  });

  it('undoes in the right order though the clock was set back and forth between the writes', async () => {
    const writer = aTagWriter({ db: openDatabase(':memory:'), reserveBytes: 0 });
    const hashes = [sha(file)];
    vi.useFakeTimers({ toFake: ['Date'] });
    for (const [index, date] of DATES.toReversed().entries()) {
      vi.setSystemTime(new Date(date));
      await writer.write(await writer.plan(file, index % 2 ? SAD : HAPPY), { keepMtime: index % 3 === 0 });
      hashes.push(sha(file));
    }
    for (const hash of hashes.slice(0, -1).reverse()) {
      vi.setSystemTime(new Date(DATES[hashes.indexOf(hash) % DATES.length]));
      await writer.undoFile(file);
      expect(sha(file)).toBe(hash);
    }
    recordFigure('R23', {
      what: 'undo while the clock jumps',
      cases: DATES.length,
      passed: DATES.length,
      line: 'right order',
    });
  });

  it('refuses what changed between plan and write though the clock was set back meanwhile', async () => {
    const writer = aTagWriter({ db: openDatabase(':memory:'), reserveBytes: 0 });
    const plan = await writer.plan(file, HAPPY);
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(new Date('1999-01-01T00:00:00Z'));
    const seconds = Date.parse('1999-01-01T00:00:00Z') / 1000;
    utimesSync(file, seconds, seconds);
    await expect(writer.write(plan)).rejects.toMatchObject({ code: 'file_changed' });
    await writer.write(await writer.plan(file, HAPPY));
    recordFigure('R23', {
      what: 'an older date than at the plan',
      cases: 1,
      passed: 1,
      line: 'refused, then planned anew',
    });
  });

  it('does jobs in the order in which they came though the clock went back an hour, and leaves none waiting', async () => {
    const ran: string[] = [];
    const { queue, ask, clock } = aQueue({
      tag: async ({ path }) => {
        ran.push(path);
        return { outcome: 'analyzed' };
      },
    });
    await ask(['/m/first']);
    clock.advance(-3_600_000);
    await ask(['/m/second']);
    clock.advance(7_200_000);
    await ask(['/m/third']);
    clock.advance(-80 * 365 * 86_400_000);
    queue.start();
    await until(() => queue.status().completed === 3);
    expect(ran).toEqual(['/m/first', '/m/second', '/m/third']);
    await queue.stop();
    recordFigure('R23', { what: 'jobs asked for while the clock jumps', cases: 3, passed: 3, line: 'in their order' });
  });

  it('keeps files apart whose dates differ by less than a millisecond', async () => {
    const other = join(folder, 'b', 'other.flac');
    mkdirSync(join(folder, 'b'));
    copyFileSync(file, other);
    utimesSync(other, 1_000_000_000, 1_000_000_000.0004);
    const writer = aTagWriter({ db: openDatabase(':memory:'), reserveBytes: 0 });
    const plan = await writer.plan(other, HAPPY);
    utimesSync(other, 1_000_000_000, 1_000_000_000.0008);
    await expect(writer.write(plan)).rejects.toMatchObject({ code: 'file_changed' });
    expect(sha(other)).toBe(sha(file));
    expect(readFileSync(other).equals(readFileSync(file))).toBe(true);
  });
});

it('asks before many files count as gone: more than 500, or more than a tenth and at least five', () => {
  const cases: [gone: number, before: number, asks: boolean][] = [
    [0, 100, false],
    [4, 4, false],
    [5, 5, true],
    [5, 50, false],
    [6, 50, true],
    [10, 100, false],
    [11, 100, true],
    [500, 100_000, false],
    [501, 100_000, true],
    [100_000, 100_000, true],
  ];
  for (const [gone, before, asks] of cases)
    expect(guardAgainstLoss(gone, before) !== null, `${gone}/${before}`).toBe(asks);
  recordFigure('R22', {
    what: 'mass disappearance',
    cases: cases.length,
    passed: cases.length,
    line: 'asks, deletes nothing',
  });
});
