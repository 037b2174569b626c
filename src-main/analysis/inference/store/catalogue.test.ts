import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sharedModels } from '../../../../test/support/real-music';
import { requires } from '../../../../test/support/requirements';
import { suiteHash } from '../session/model-set';
import { CATALOGUE } from './catalogue';
import { createFileSums } from './file-sums';
import { findModels, toModelSet } from './model-folder';

const named = (name: string) => CATALOGUE.models.find((model) => model.name === name)!;

it('knows where MusiCNN and EffNet are published, and the fifty tags of the first', () => {
  expect(named('msd-musicnn-1')).toMatchObject({
    backbone: 'musicnn',
    kind: 'embedding',
    task: 'msd_tags',
    url: 'https://essentia.upf.edu/models/feature-extractors/musicnn/msd-musicnn-1.onnx',
  });
  expect(named('msd-musicnn-1').classes).toHaveLength(50);
  expect(named('discogs-effnet-bsdynamic-1').url).toMatch(/discogs-effnet\/discogs-effnet-bsdynamic-1\.onnx$/);
  expect(named('mood_happy-msd-musicnn-1')).toMatchObject({
    url: 'https://essentia.upf.edu/models/classification-heads/mood_happy/mood_happy-msd-musicnn-1.onnx',
    sidecarUrl: 'https://essentia.upf.edu/models/classification-heads/mood_happy/mood_happy-msd-musicnn-1.json',
  });
});

it('has the classes in the order of the verified table', () => {
  const orders = {
    mood_happy: ['happy', 'non_happy'],
    mood_sad: ['non_sad', 'sad'],
    mood_relaxed: ['non_relaxed', 'relaxed'],
    mood_party: ['non_party', 'party'],
    mood_aggressive: ['aggressive', 'not_aggressive'],
    danceability: ['danceable', 'not_danceable'],
    gender: ['female', 'male'],
    tonal_atonal: ['atonal', 'tonal'],
    voice_instrumental: ['instrumental', 'voice'],
    timbre: ['bright', 'dark'],
    approachability_2c: ['not approachable', 'approachable'],
    engagement_2c: ['not engaging', 'engaging'],
  };
  for (const [task, classes] of Object.entries(orders)) {
    const heads = CATALOGUE.models.filter((model) => model.task === task);
    expect(heads.length).toBeGreaterThan(0);
    for (const head of heads) expect(head.classes).toEqual(classes);
  }
});

it('names every model once', () => {
  const names = CATALOGUE.models.map((model) => model.name);
  expect(new Set(names).size).toBe(names.length);
});

requires('real music and models').it('knows the sums of the published files', () => {
  const lines = readFileSync(join(sharedModels!, 'SHA256SUMS'), 'utf8').trim().split('\n');
  for (const line of lines) {
    const [sha256, path] = line.split(/\s+/);
    const name = path.split('/').at(-1)!.replace('.onnx', '');
    expect(named(name).sums.map((sum) => sum.sha256)).toContain(sha256);
  }
});

requires('real music and models').it('finds MusiCNN with its nine heads, and gives the set a sum', () => {
  const found = findModels(sharedModels!, { catalogue: CATALOGUE, sums: createFileSums(), isReadOnly: true });
  const set = toModelSet(found);
  expect(set.backbones.map(({ id, heads }) => [id, heads.length])).toEqual([['musicnn', 9]]);
  expect(suiteHash(set)).toMatch(/^[0-9a-f]{12}$/);
});
