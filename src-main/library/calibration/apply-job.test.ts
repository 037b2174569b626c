import { expect, it } from 'vitest';
import { readHere } from '../../platform/database';
import { createMoodStore } from '../moods';
import { type AnalyzedLibrary, anAnalyzedLibrary, happy } from './analyzed-library.fixture';
import { createApplyJob } from './apply-job';
import { createMoodQueries } from './measure/mood-queries';

const scoreOf = (track: number) => happy(track % 2 ? 0.9 : 0.65);

function aJob({ db }: AnalyzedLibrary) {
  const queries = createMoodQueries(db);
  const job = createApplyJob({
    reader: readHere(queries),
    moods: createMoodStore(db),
    events: { emit: () => {} },
    rewrite: async () => 0,
  });
  const run = (signal = new AbortController().signal, progress: (fraction: number) => void = () => {}) =>
    job({ writeTags: false }, { signal, progress });
  return { run, due: () => queries['calibration.countDue']({}) };
}

it('decides the moods of tracks that were analyzed before moods were kept, and has nothing to do a second time', async () => {
  const library = anAnalyzedLibrary(600, scoreOf);
  const { run, due } = aJob(library);
  expect(due()).toBe(600);
  const progress: number[] = [];
  expect(await run(undefined, (fraction) => progress.push(fraction))).toEqual({ outcome: 'calibrated' });
  expect([library.moodsOf(1), library.moodsOf(600)]).toEqual(['happy:3', 'happy:1']);
  expect(progress.at(-1)).toBe(1);
  expect(due()).toBe(0);
  expect(await run()).toMatchObject({ outcome: 'skipped', reason: 'up_to_date' });
});

it('goes on where it was ended in the middle', async () => {
  const library = anAnalyzedLibrary(600, scoreOf);
  const { run, due } = aJob(library);
  const controller = new AbortController();
  await expect(run(controller.signal, () => controller.abort())).rejects.toThrow();
  expect(due()).toBe(500);
  await run();
  expect(due()).toBe(0);
  expect(library.moodsOf(600)).toBe('happy:1');
});

it('decides by the newest analysis of a track, and anew when that was made again under the same number', async () => {
  const library = anAnalyzedLibrary(2, scoreOf);
  const { run, due } = aJob(library);
  await run();
  const before = library.analyses.findLatest(2)!.id;
  library.push(2, happy(0.9));
  expect(library.analyses.findLatest(2)!.id).toBe(before);
  library.push(1, happy(0.1), { version: 'v2' });
  expect(due()).toBe(2);
  await run();
  expect([library.moodsOf(1), library.moodsOf(2)]).toEqual(['', 'happy:3']);
});

it('leaves the moods of a track alone that was analyzed anew while they were decided', async () => {
  const library = anAnalyzedLibrary(1, scoreOf);
  const decided = createMoodQueries(library.db)['calibration.decideDue']({ after: 0, limit: 10 });
  library.push(1, happy(0.1));
  expect(createMoodStore(library.db).keep(decided)).toBe(0);
  expect(library.moodsOf(1)).toBe('');
});
