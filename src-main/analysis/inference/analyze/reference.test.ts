import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { shared, sharedAudio, sharedModels } from '../../../../test/support/real-music';
import { requires } from '../../../../test/support/requirements';
import { type Sound, softChords, threeSines, wavOf, whiteNoise } from '../../../../test/support/synthetic-audio';
import { createMelFrontEnd } from '../../audio';
import { optimiseAndProve } from '../optimiser';
import type { Analysis } from '../session/analysis';
import { type LoadedModels, loadModels } from '../session/sessions';
import { CATALOGUE } from '../store/catalogue';
import { createFileSums } from '../store/file-sums';
import { findModels, toModelSet } from '../store/model-folder';
import { analyzeFile } from './analyze';
import { createPatchAnalyzer, type PatchResults } from './patch-analyzer';

const { describe } = requires('real music and models');

interface Reference {
  seconds: number;
  patches: number;
  heads: Record<string, [number, number]>;
  embedding_mean: number[];
}

const references: Record<string, Reference> = shared
  ? JSON.parse(readFileSync(join(sharedAudio!, 'musicnn-reference.json'), 'utf8'))
  : {};

let models: LoadedModels;
beforeAll(async () => {
  if (!shared) return;
  const found = findModels(sharedModels!, { catalogue: CATALOGUE, sums: createFileSums(), isReadOnly: true });
  models = await loadModels(toModelSet(found));
});
afterAll(() => models?.release());

const analysisOf = (file: string) =>
  analyzeFile(file, { preset: 'precise', descriptors: false, minDurationS: 0, models, version: 'test' });

const meanOf = (analyzed: Analysis | PatchResults, head: string, label: string | number): number => {
  const scores = analyzed.heads.find((each) => ('head' in each ? each.head : each.task) === head)!.scores;
  return (typeof label === 'number' ? scores[label] : scores.find((each) => each.label === label)!).mean;
};

async function push(sound: Sound, seconds: number): Promise<Analysis> {
  const file = join(mkdtempSync(join(tmpdir(), 'tonearm-')), 'sound.wav');
  writeFileSync(file, wavOf(sound, { seconds }));
  return analysisOf(file);
}

describe('with the real MusiCNN', () => {
  it('agrees within 0.02 where WebAssembly runs the models, the optimised one too', async () => {
    const [backbone] = models.backbones;
    const { bytes } = await optimiseAndProve(backbone.model, []);
    const file = join(mkdtempSync(join(tmpdir(), 'tonearm-')), 'optimised.onnx');
    writeFileSync(file, bytes!);
    const optimised = { file, sha256: createHash('sha256').update(bytes!).digest('hex'), revision: 1 };
    const web = await loadModels({ backend: 'web', backbones: [{ ...backbone.model, optimised }] });
    expect(web.problems).toEqual([]);
    const [name] = Object.keys(references).sort((a, b) => references[a].seconds - references[b].seconds);
    const options = { preset: 'precise', descriptors: false, minDurationS: 0, models: web, version: 'test' } as const;
    const analysis = await analyzeFile(join(sharedAudio!, name), options);
    expect(analysis.runtime).toMatch(/^onnxruntime-web [\d.]+, optimised 1$/);
    for (const [head, means] of Object.entries(references[name].heads)) {
      for (const i of [0, 1]) expect(Math.abs(meanOf(analysis, head, i) - means[i]), `${head} ${i}`).toBeLessThan(0.02);
    }
    await web.release();
  });

  it.each(Object.keys(references))('agrees within 0.02 with the reference for every head of %s', async (name) => {
    const analysis = await analysisOf(join(sharedAudio!, name));
    const reference = references[name];
    expect(analysis.isTruncated).toBe(false);
    expect(Math.abs(analysis.durationS - reference.seconds)).toBeLessThan(0.1);
    for (const [head, means] of Object.entries(reference.heads)) {
      for (const i of [0, 1]) expect(Math.abs(meanOf(analysis, head, i) - means[i]), `${head} ${i}`).toBeLessThan(0.02);
    }
    expect(Object.keys(reference.heads)).toHaveLength(9);
  });

  it('gives the golden numbers for thirty seconds of three sines', async () => {
    const analyzer = createPatchAnalyzer(models.backbones[0], 'precise');
    const frontEnd = createMelFrontEnd('musicnn', { completeFramesOnly: true });
    await analyzer.push(frontEnd.push(Float32Array.from({ length: 30 * 16_000 }, (_, i) => threeSines(i / 16_000))));
    const analyzed = await analyzer.finish();
    const golden: Record<string, [number, number]> = {
      danceability: [0.5346, 0.4654],
      gender: [0.5457, 0.4543],
      mood_aggressive: [0.0107, 0.9893],
      mood_happy: [0.0147, 0.9853],
      mood_party: [1, 0],
      mood_relaxed: [0.0025, 0.9975],
      mood_sad: [0.5487, 0.4513],
      tonal_atonal: [1, 0],
      voice_instrumental: [0.9723, 0.0277],
    };
    for (const [head, means] of Object.entries(golden)) {
      for (const i of [0, 1]) expect(Math.abs(meanOf(analyzed, head, i) - means[i]), `${head} ${i}`).toBeLessThan(5e-3);
    }
    expect(analyzed.patches).toBe(19);
    for (const [i, value] of [-0.5645, -1.1613, 1.8087, -4.3988].entries()) {
      expect(Math.abs(analyzed.embedding!.vector[i] - value)).toBeLessThan(1e-2);
    }
    const tags = analyzed.heads.find((each) => each.task === 'msd_tags')!.scores;
    expect(
      tags
        .toSorted((a, b) => b.mean - a.mean)
        .slice(0, 2)
        .map((each) => each.label),
    ).toEqual(['ambient', 'experimental']);
  });

  it('finds relaxed and sad in soft chords, aggressive and party in noise: the classes are the right way round', async () => {
    const chords = await push(softChords, 24);
    expect(meanOf(chords, 'mood_relaxed', 'relaxed')).toBeGreaterThan(0.9);
    expect(meanOf(chords, 'mood_sad', 'sad')).toBeGreaterThan(0.8);
    expect(meanOf(chords, 'mood_party', 'non_party')).toBeGreaterThan(0.9);
    expect(meanOf(chords, 'voice_instrumental', 'instrumental')).toBeGreaterThan(0.7);
    const noise = await push(whiteNoise(), 12);
    expect(meanOf(noise, 'mood_aggressive', 'aggressive')).toBeGreaterThan(0.9);
    expect(meanOf(noise, 'mood_relaxed', 'non_relaxed')).toBeGreaterThan(0.9);
    expect(meanOf(noise, 'mood_party', 'party')).toBeGreaterThan(0.9);
    expect(meanOf(noise, 'mood_sad', 'non_sad')).toBeGreaterThan(0.9);
  });
});
