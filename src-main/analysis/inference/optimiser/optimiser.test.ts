import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sharedAudio, sharedModels } from '../../../../test/support/real-music';
import { requires } from '../../../../test/support/requirements';
import { tinyEmbeddingModel } from '../../../../test/support/tiny-model';
import { loadModels } from '../session';
import { loadRuntime } from '../session/runtime';
import { CATALOGUE } from '../store/catalogue';
import { createFileSums } from '../store/file-sums';
import { findModels, toModelSet } from '../store/model-folder';
import { decodeModel, encodeModel, type UnknownGraph } from './graph';
import { optimise } from './optimise';
import { optimiseAndProve } from './optimise-and-prove';
import { BANDS, FRAMES, smallNetwork, smallNetworkFile } from './small-network.fixture';

const folder = mkdtempSync(join(tmpdir(), 'tonearm-optimiser-'));
const size = FRAMES * BANDS;
const ones = new Float32Array(size).fill(1);

/** A model of the set, without heads, in a file of its own. */
function backboneOf(bytes: Uint8Array, name: string) {
  const file = join(folder, `${name}.onnx`);
  writeFileSync(file, bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const activations = { task: 'tags', classes: ['a', 'b', 'c', 'd', 'e'] };
  return { id: 'small', name, file, sha256, activations, heads: [] };
}

async function answersOf(bytes: Uint8Array, patches: readonly Float32Array[]): Promise<number[]> {
  const { open, Tensor } = loadRuntime();
  const session = await open(bytes);
  const all: number[] = [];
  for (const patch of patches) {
    const outputs = await session.run({ mel: new Tensor('float32', patch, [1, FRAMES, BANDS]) });
    for (const name of ['embeddings', 'activations']) all.push(...(outputs[name].data as Float32Array));
  }
  await session.release();
  return all;
}

const patches = [0, 1, 5].map((level) =>
  Float32Array.from({ length: size }, (_, i) => level * (1 + Math.sin(i * 1.7))),
);

it('gives the same for every patch with a third of the filters, joined and pooled before they are scaled', async () => {
  const published = smallNetworkFile();
  const optimised = await optimise(published, ones);
  const [before, after] = [await answersOf(published, patches), await answersOf(optimised!, patches)];
  const differences = before.map((value, i) => Math.abs(value - after[i]) / Math.max(1, Math.abs(value)));
  expect(Math.max(...differences)).toBeLessThan(1e-5);
  const { graph } = decodeModel(optimised!);
  const filters = graph.nodes.filter(({ op }) => op === 'Conv').map(({ inputs }) => graph.floats(inputs[1])!.dims);
  // The two over time are one, nine live channels are left of 72, and each is rounded up to what the runtime takes.
  expect(filters).toEqual([
    [16, 1, 3, 38],
    [16, 1, 6, 1],
    [8, 32, 3, 1],
  ]);
  expect(graph.nodes.some(({ op }) => op === 'Gather')).toBe(false);
});

it('has nothing to do for a network whose filters all live', async () => {
  const { bytes, reason } = await optimiseAndProve(backboneOf(tinyEmbeddingModel({ classes: 5 }), 'whole'), []);
  expect({ bytes, reason }).toEqual({ bytes: null, reason: 'nothing in it can be left out' });
});

it('keeps the published model where what looked like nothing counts after all, and says by how much', async () => {
  const model = backboneOf(smallNetworkFile({ dead: 1e-8, deadScale: 1e7 }), 'loud');
  const { bytes, reason, largestDifference } = await optimiseAndProve(model, []);
  expect(bytes === null).toBe(true);
  expect(largestDifference).toBeGreaterThan(1e-4);
  expect(reason).toMatch(/^its scores would differ by .* on this machine$/);
});

it('proves a rewritten model on made patches, and uses it from then on under the same version', async () => {
  const model = backboneOf(smallNetworkFile(), 'small');
  const { bytes, largestDifference, patches } = await optimiseAndProve(model, []);
  expect(largestDifference).toBeLessThan(1e-5);
  expect(patches).toBeGreaterThan(20);
  const file = join(folder, 'optimised.onnx');
  writeFileSync(file, bytes!);
  const optimised = { file, sha256: createHash('sha256').update(bytes!).digest('hex'), revision: 1 };
  const loaded = await loadModels({ backbones: [{ ...model, optimised }] });
  expect(loaded.problems).toEqual([]);
  expect(loaded.runtime).toMatch(/^onnxruntime [\d.]+, optimised 1$/);
  await loaded.release();
  writeFileSync(file, 'something else');
  const fallen = await loadModels({ backbones: [{ ...model, optimised }] });
  expect(fallen.problems).toEqual([expect.stringMatching(/its file was changed.*The published model is used\.$/)]);
  expect(fallen.backbones).toHaveLength(1);
  expect(fallen.runtime).not.toContain('optimised');
  await fallen.release();
});

it('refuses what it does not understand, with the reason', async () => {
  const refusal = (bytes: Uint8Array) => {
    try {
      decodeModel(bytes);
    } catch (thrown) {
      return (thrown as UnknownGraph).message;
    }
  };
  expect(refusal(Buffer.from('no model at all'))).toBe('it is not an ONNX file');
  expect(refusal(new Uint8Array())).toBe('it has no graph');
  const cut = smallNetworkFile();
  expect(refusal(cut.subarray(0, cut.length / 2))).toBe('it is not an ONNX file');
  const strange = smallNetwork();
  const weights = [...strange.graph.constants.keys()][0];
  strange.graph.constants.set(weights, { dims: [3], data: new Float32Array(2) });
  expect(refusal(encodeModel(strange))).toContain('2 values for a shape of 3');
});

const { describe } = requires('real music and models');

describe('with the real MusiCNN', () => {
  it('gives the same scores for every head on patches of real music, with an eighth of its front end', async () => {
    const found = findModels(sharedModels!, { catalogue: CATALOGUE, sums: createFileSums(), isReadOnly: true });
    const [model] = toModelSet(found).backbones;
    const names = Object.keys(JSON.parse(readFileSync(join(sharedAudio!, 'musicnn-reference.json'), 'utf8')));
    const tracks = names.slice(0, 4).map((name) => join(sharedAudio!, name));
    const outcome = await optimiseAndProve(model, tracks);
    expect(model.heads.length).toBeGreaterThan(5);
    expect(outcome.largestDifference).toBeLessThan(1e-4);
    expect(outcome.patches).toBeGreaterThan(40);
    expect(outcome.bytes!.length).toBeLessThan(readFileSync(model.file).length / 3);
  }, 120_000);
});
