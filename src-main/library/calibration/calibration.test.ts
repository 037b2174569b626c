import { readFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { happy, type ScoresByHead } from './analyzed-library.fixture';
import { aCalibratedLibrary } from './calibration.fixture';

const cleanUps: (() => void)[] = [];
afterEach(() => {
  for (const each of cleanUps.splice(0)) each();
});
function aLibrary(count = 300, scoresOf = spread) {
  const library = aCalibratedLibrary(count, scoresOf);
  cleanUps.push(library.folder.remove);
  return library;
}

/** Scores that crowd between 0.3 and 0.6: without calibration hardly any track has a mood. */
const shareOf = (track: number, step: number) => 0.3 + (((track * step) % 100) / 100) * 0.3;
const spread = (track: number): ScoresByHead => ({
  ...happy(shareOf(track, 37)),
  mood_relaxed: { relaxed: shareOf(track, 53), non_relaxed: 1 - shareOf(track, 53) },
  mood_aggressive: { aggressive: shareOf(track, 71), not_aggressive: 1 - shareOf(track, 71) },
});

it('measures every label of every head, as the documents have it', async () => {
  const { generate } = aLibrary();
  const { status, data, skipped_tags, calibration } = await generate('the first');
  expect(status).toBe('success');
  expect(Object.keys(data).sort()).toEqual([
    'mood_aggressive',
    'mood_aggressive:not_aggressive',
    'mood_happy',
    'mood_happy:non_happy',
    'mood_relaxed',
    'mood_relaxed:non_relaxed',
  ]);
  expect(data.mood_happy).toMatchObject({ samples: 300, min: 0.3, p5: expect.closeTo(0.3148, 3) });
  expect(skipped_tags).toEqual([]);
  expect(calibration).toMatchObject({ id: 1, librarySize: 300, isActive: false, note: 'the first' });
  expect(calibration.warning).toMatch(/1000/);
});

it('changes no mood before it is applied, and then brings them all to it', async () => {
  const { generate, decide, activate, allMoods, asked, rewritten } = aLibrary();
  await decide();
  const raw = allMoods();
  await generate();
  expect(await decide()).toMatchObject({ outcome: 'skipped' });
  const applied = await activate(1);
  expect(applied).toMatchObject({ queued: 300, message: 'Queued 300 tracks for recalibration' });
  expect(asked).toMatchObject([{ kind: 'calibrate', source: { name: 'window' }, writeTags: true }]);
  expect(allMoods()).toEqual(raw);
  await decide();
  expect(allMoods()).not.toEqual(raw);
  expect(rewritten).toEqual(['moods']);
});

it('previews exactly what applying does, with examples, and changes nothing itself', async () => {
  const { generate, decide, activate, preview, db, allMoods } = aLibrary();
  await decide();
  await generate();
  const before = allMoods();
  const seen = await preview(1);
  expect(allMoods()).toEqual(before);
  const count = () =>
    Object.fromEntries(
      db
        .prepare<[], { mood: string; tracks: number }>('SELECT mood, COUNT(*) AS tracks FROM track_mood GROUP BY mood')
        .all()
        .map(({ mood, tracks }) => [mood, tracks]),
    );
  const countsBefore = count();
  await activate(1);
  await decide();
  const countsAfter = count();
  for (const { mood, before, after, gains, losses } of seen.moods) {
    expect(before).toBe(countsBefore[mood] ?? 0);
    expect(after).toBe(countsAfter[mood] ?? 0);
    expect(after).toBe(before + gains - losses);
  }
  expect(seen.tracks).toBe(300);
  const after = allMoods();
  expect(seen.changed).toBe(Object.keys(after).filter((id) => after[Number(id)] !== before[Number(id)]).length);
  const example = seen.moods[0].examples[0];
  expect(example).toMatchObject({ title: `Song ${example.trackId}`, artist: `Artist ${example.trackId}` });
  expect(seen.moods.every(({ examples }) => examples.length <= 3)).toBe(true);
  expect((await preview(1)).changed).toBe(0);
  expect((await preview(null)).changed).toBe(seen.changed);
});

it('puts exactly the moods of before back, from version to version and to none', async () => {
  const { generate, decide, activate, rollBack, allMoods, push } = aLibrary();
  await decide();
  const raw = allMoods();
  await generate();
  await activate(1);
  await decide();
  const first = allMoods();
  for (let track = 1; track <= 150; track++) push(track, { ...spread(track), ...happy(0.9) });
  await decide();
  const analyzedAgain = allMoods();
  expect(analyzedAgain).not.toEqual(first);
  await generate();
  await activate(2);
  await decide();
  expect(allMoods()).not.toEqual(analyzedAgain);
  await rollBack();
  await decide();
  expect(allMoods()).toEqual(analyzedAgain);
  await rollBack();
  await decide();
  const none = allMoods();
  expect(Object.entries(none).slice(150)).toEqual(Object.entries(raw).slice(150));
  await expect(rollBack()).rejects.toThrow('No calibration is in force');
});

it('goes on with what is left when it was killed in the middle of applying', async () => {
  const { generate, decide, activate, allMoods, handlers, CALLER } = aLibrary(700);
  await decide();
  await generate();
  await activate(1);
  const controller = new AbortController();
  await expect(decide(controller.signal, () => controller.abort())).rejects.toThrow();
  const half = allMoods();
  await decide();
  const whole = allMoods();
  expect(half).not.toEqual(whole);
  // Those that were decided before the kill were decided for good.
  expect(Object.entries(half).slice(0, 100)).toEqual(Object.entries(whole).slice(0, 100));
  expect(await handlers.apply({ rewriteTags: true }, CALLER)).toMatchObject({ queued: 0 });
});

it('measures the same label of two heads apart', async () => {
  const two = (track: number): ScoresByHead => ({
    mood_relaxed: { relaxed: 0.1 + (track % 100) / 1000, non_relaxed: 0.5 },
    'mood_aggressive-msd': { relaxed: 0.8 + (track % 100) / 1000, aggressive: 0.1 },
  });
  const { generate, handlers, CALLER } = aLibrary(200, two);
  await generate();
  const { labels } = await handlers.version({ id: 1 }, CALLER);
  const relaxed = labels.filter(({ label }) => label === 'relaxed');
  expect(relaxed.map(({ head, p95 }) => [head, p95 > 0.5])).toEqual([
    ['mood_aggressive-msd', true],
    ['mood_relaxed', false],
  ]);
});

it('leaves scores of another analysis version alone', async () => {
  const { generate, decide, activate, push, moodsOf, calibrations } = aLibrary();
  await generate();
  await activate(1);
  push(300, happy(0.59), { version: 'v2' });
  await decide();
  expect(moodsOf(300)).toBe('');
  expect([calibrations.inForce('v1').version, calibrations.inForce('v2').version]).toEqual(['1', 'none']);
});

it('measures nothing that too few tracks were analyzed for, and says so', async () => {
  await expect(aLibrary(20).generate()).rejects.toThrow('Only 20 tracks were analyzed; at least 21 are needed');
  await expect(aLibrary(0).generate()).rejects.toThrow('nothing to measure');
  const { calibration } = await aLibrary(60).generate();
  expect(calibration.warning).toMatch('60 tracks are few');
});

it('writes its files into its own folder and reads them back as the same version', async () => {
  const { handlers, calibrations, CALLER } = aLibrary();
  const made = await handlers.generate({ save_sidecars: true, note: '' }, CALLER);
  const names = made.saved_files.map((path) => path.split('/').at(-1));
  expect(names).toContain('mood_happy-musicnn-calibration-v1.json');
  expect(names).toContain('mood_happy-musicnn-calibration.json');
  const sidecar = made.saved_files.find((path) => path.endsWith('mood_happy-musicnn-calibration-v1.json'))!;
  expect(JSON.parse(readFileSync(sidecar, 'utf8'))).toMatchObject({
    calibration_version: 1,
    calibration_method: 'minmax',
    library_size: 300,
    min_samples: 100,
    model: 'mood_happy-musicnn',
    head_type: 'softmax',
    backbone: 'musicnn',
    labels: { happy: { method: 'minmax', samples: 300, min: 0.3 } },
  });
  const { files } = await handlers.export({ id: 1 }, CALLER);
  const sidecars = files.filter(({ content }) => 'model' in content);
  const bundle = files.filter(({ content }) => 'metadata' in content);
  for (const given of [
    sidecars,
    bundle,
    sidecars.map(({ content }) => ({ name: '', content: JSON.stringify(content) })),
  ]) {
    const { calibration } = await handlers.import({ files: given, note: 'from a friend' }, CALLER);
    expect(calibration).toMatchObject({ source: 'imported', librarySize: 300, analysisVersion: 'v1' });
    const { repository } = calibrations;
    expect(repository.listLabels(calibration.id)).toEqual(repository.listLabels(1));
  }
});

it('reads the bundle of Nomarr, which names labels alone, and refuses what is no calibration', async () => {
  const { handlers, CALLER } = aLibrary();
  const nomarr = {
    labels: { happy: { p5: 0.1, p95: 0.7, method: 'minmax' }, unheard_of: { p5: 0, p95: 1, method: 'minmax' } },
    metadata: { generated_at: 'x', version: 2, source: 'library', global_version: 'abc' },
  };
  const give = (content: unknown) => handlers.import({ files: [{ name: 'a.json', content }], note: '' }, CALLER);
  expect(await give(nomarr)).toMatchObject({ skipped_tags: ['unheard_of'], calibration: { librarySize: 0 } });
  await expect(give({ ...nomarr, labels: { happy: { p5: 0.7, p95: 0.1 } } })).rejects.toThrow('p5 is above p95');
  await expect(give('{')).rejects.toThrow('a.json is not JSON');
  await expect(give({ hello: 1 })).rejects.toThrow('no calibration');
  await expect(give({ ...nomarr, metadata: { analysis_version: 'other' } })).rejects.toThrow('the analysis other');
});

it('answers the paths for administrators only while calibrate_heads is on', async () => {
  const { handlers, settings, CALLER, rewritten, calibrations } = aLibrary();
  await expect(handlers.run({}, CALLER)).rejects.toThrow('calibrate_heads is off');
  settings.update({ calibrate_heads: true });
  const { calibration } = await handlers.run({}, CALLER);
  expect(calibration).toMatchObject({
    version: 1,
    library_size: 300,
    reference_updates: { mood_happy: 'updated' },
    summary: { total_heads: 3, stable_heads: 0, unstable_heads: 3 },
  });
  expect(calibrations.inForce('v1').version).toBe('1');
  expect((await handlers.run({}, CALLER)).calibration).toMatchObject({
    heads: { mood_happy: { is_stable: true, grade: 'excellent' } },
    reference_updates: { mood_happy: 'kept' },
  });
  const { runs, count } = await handlers.history({ head: 'mood_happy', limit: 50 }, CALLER);
  expect([count, runs.map(({ version, is_active }) => [version, is_active])]).toEqual([
    2,
    [
      [2, true],
      [1, false],
    ],
  ]);
  expect(await handlers.retagAll({}, CALLER)).toEqual({ enqueued: 3, message: 'Queued 3 files to be written anew' });
  expect(rewritten).toEqual(['all']);
});

it('tells how its jobs stand, and clears them', async () => {
  const { handlers, CALLER } = aLibrary();
  expect(await handlers.status({}, CALLER)).toEqual({
    ...{ pending: 0, running: 0, completed: 3, errors: 0, worker_alive: true, worker_busy: false },
  });
  expect(await handlers.clear({}, CALLER)).toEqual({ cleared: 2, message: 'Cleared 2 calibration jobs' });
});

it('decides by every head of a track, also where other tracks of its version have others', async () => {
  const { decide, push, moodsOf } = aLibrary(3, () => ({ ...happy(0.9), genre_rock: { rock: 0.9, jazz: 0.1 } }));
  push(3, { genre_rock: { rock: 0.9, jazz: 0.1 } });
  await decide();
  expect([1, 2, 3].map(moodsOf)).toEqual(['happy:3', 'happy:3', '']);
});
