import { expect, it } from 'vitest';
import { anAnalysis } from '../../../../test/support/analysis';
import { insertRow } from '../../../../test/support/insert-row';
import { openDatabase } from '../../../platform/database';
import { createAnalysisRepository } from './analysis-repository';
import { createQuarantineRepository } from './quarantine-repository';

const file = { sizeBytes: 1000, mtimeMs: 1_700_000_000_000.5 };

function aLibrary() {
  const db = openDatabase(':memory:');
  insertRow(db, 'library', { id: 1 });
  insertRow(db, 'track', { id: 1, library_id: 1 });
  return db;
}

it('gives back an analysis as it was stored', () => {
  const analyses = createAnalysisRepository(aLibrary());
  const id = analyses.save(1, file, anAnalysis());
  expect(analyses.findLatest(1)).toMatchObject({ id, trackId: 1, version: 'v1', patches: 17, isShort: false, ...file });
  const [happy, nonHappy] = analyses.listScores(id);
  expect(happy).toEqual({
    head: 'mood_happy',
    backbone: 'musicnn',
    kind: 'softmax',
    label: 'happy',
    mean: 0.7,
    trimmedMean: 0.72,
    std: 0.1,
    min: 0.2,
    max: 0.9,
  });
  expect(nonHappy.label).toBe('non_happy');
  expect(analyses.listEmbeddings(id)).toEqual([{ backbone: 'musicnn', vector: Float32Array.of(1, -2.5, 3) }]);
  expect(analyses.findDescriptors(id)).toMatchObject({ bpm: 120, key: 'C#', scale: 'minor', loudnessLufs: -14 });
});

it('keeps one analysis for each version, and knows the newest', () => {
  const analyses = createAnalysisRepository(aLibrary());
  analyses.save(1, file, anAnalysis({ version: 'v1' }));
  analyses.save(1, file, anAnalysis({ version: 'v2' }));
  const again = analyses.save(1, file, anAnalysis({ version: 'v1', patches: 18 }));
  expect(analyses.find(1, 'v1')).toMatchObject({ id: again, patches: 18 });
  expect(analyses.find(1, 'v2')?.patches).toBe(17);
  expect(analyses.findLatest(1)?.id).toBe(again);
  expect(analyses.find(1, 'v3')).toBeUndefined();
});

it('still holds for a file whose tags alone were changed', () => {
  const analyses = createAnalysisRepository(aLibrary());
  analyses.save(1, file, anAnalysis({ version: 'v1' }));
  const retagged = { sizeBytes: 1200, mtimeMs: file.mtimeMs + 1 };
  analyses.carryOver(1, { ...file, sizeBytes: 999 }, retagged);
  expect(analyses.find(1, 'v1')).toMatchObject(file);
  analyses.carryOver(1, file, retagged);
  expect(analyses.find(1, 'v1')).toMatchObject(retagged);
});

it('stores nothing of an analysis that does not fit', () => {
  const db = aLibrary();
  const analyses = createAnalysisRepository(db);
  const [head] = anAnalysis().heads;
  expect(() => analyses.save(1, file, anAnalysis({ heads: [head, head] }))).toThrow();
  expect(analyses.findLatest(1)).toBeUndefined();
  expect(db.prepare('SELECT COUNT(*) AS n FROM score').get()).toEqual({ n: 0 });
});

it('leaves a quarantined file alone until it or the models change', () => {
  const quarantine = createQuarantineRepository(openDatabase(':memory:'));
  quarantine.add('/music/bad.mp3', file, 'v1', 'crashed the analyzer');
  expect(quarantine.findReason('/music/bad.mp3', file, 'v1')).toBe('crashed the analyzer');
  expect(quarantine.findReason('/music/bad.mp3', { ...file, sizeBytes: 1 }, 'v1')).toBeUndefined();
  expect(quarantine.findReason('/music/bad.mp3', file, 'v2')).toBeUndefined();
  expect(quarantine.list()).toHaveLength(1);
  expect(quarantine.release('/music/bad.mp3')).toBe(true);
  expect(quarantine.findReason('/music/bad.mp3', file, 'v1')).toBeUndefined();
});
