import { expect, it } from 'vitest';
import { anAnalysis } from '../../../../test/support/analysis';
import { analysisJson } from './analysis-json';

it('prints an analysis with heads and labels by name, and the embedding as numbers', () => {
  const json = JSON.parse(JSON.stringify(analysisJson('/music/a.mp3', anAnalysis())));
  expect(json).toMatchObject({ path: '/music/a.mp3', analysis_version: 'v1', duration_s: 26.84, patches: 17 });
  expect(json.heads.mood_happy.happy).toEqual({ mean: 0.7, trimmed_mean: 0.72, std: 0.1, min: 0.2, max: 0.9 });
  expect(json.embedding).toEqual([1, -2.5, 3]);
  expect(json.descriptors.bpm).toBe(120);
});
