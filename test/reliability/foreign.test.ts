import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { wantedTags } from '../../src-main/library/moods';
import { aBinaryHead, descriptors } from '../../src-main/library/moods/heads.fixture';
import { buildSmallFiles } from '../corpus/build';
import { KINDS, type Kind, type Pieces } from '../corpus/foreign';
import { requires } from '../support/requirements';
import { temporaryFolder } from '../support/small-music';
import { memory, times } from './cases';
import { recordFigure } from './figures';
import { roundTrip } from './round-trip';

const { describe } = requires('ffmpeg');

const SEED = 20_261_121;
const RUNS = times(25, 400);
const folder = temporaryFolder('foreign', memory);
const heads = [aBinaryHead('mood_happy', { happy: 0.91, non_happy: 0.09 })];
const analyzed = { version: '1/balanced/abc', heads, descriptors };

/** Everything that can be set about writing. */
const settings = fc.record({
  mode: fc.constantFrom('none' as const, 'minimal' as const, 'full' as const),
  write_alias_keys: fc.boolean(),
  write_standard_fields: fc.boolean(),
  overwrite_standard_fields: fc.boolean(),
  key: fc.constantFrom('label', 'constructor', '__proto__'),
  label: fc.string({ maxLength: 3000, size: 'max', unit: 'grapheme' }),
});
type Choice = typeof settings extends fc.Arbitrary<infer T> ? T : never;

const seen = { writes: 0, pieces: 0, kept: 0 };

describe('Tags of others that nobody has seen yet', () => {
  beforeAll(async () => {
    await buildSmallFiles(join(folder.path, 'made'), 0);
  });
  afterAll(() => {
    recordFigure('R3 at random', {
      what: 'random frames, items, comments, atoms, chunks and attributes of others, each found again',
      cases: seen.pieces,
      passed: seen.kept,
      line: '100 %',
      note: `${seen.writes} writes in ${Object.keys(KINDS).length} kinds of tags, all three modes of writing, other names and standard fields on and off; seed ${SEED}`,
    });
    folder.remove();
  });

  it.each(Object.entries(KINDS))('stay byte for byte, whatever is written beside them: %s', async (_, kind) => {
    const bare = readFileSync(join(folder.path, 'made', `00.${kind.extension}`));
    const property = fc.asyncProperty(kind.pieces, fc.array(settings, { minLength: 1, maxLength: 3 }), (pieces, list) =>
      writeAll(kind, { bare, pieces, list }),
    );
    await fc.assert(property, { seed: SEED, numRuns: RUNS });
  });
});

async function writeAll(kind: Kind, of: { bare: Buffer; pieces: Pieces; list: readonly Choice[] }): Promise<void> {
  let bytes = kind.put(of.bare, of.pieces);
  expect(missing(kind, bytes, of.pieces)).toBe(0);
  for (const { mode, key, label, ...choice } of of.list) {
    const { tags, ...standard } = wantedTags(analyzed, mode, { namespace: 'nom', ...choice });
    const labelled = mode === 'full' && label ? { [key]: [label] } : {};
    const after = await roundTrip(bytes, { ...tags, ...labelled } as Record<string, string[]>, standard);
    if (!after) throw new Error('It was refused, and is as it should be.');
    bytes = after;
    seen.writes++;
    seen.pieces += of.pieces.length;
    const lost = missing(kind, bytes, of.pieces);
    seen.kept += of.pieces.length - lost;
    expect(lost).toBe(0);
  }
}

/** How many of the pieces are not there, byte for byte and one behind the other. */
function missing(kind: Kind, bytes: Buffer, pieces: Pieces): number {
  const text = kind.unfolded?.(bytes) ?? bytes;
  let at = 0;
  let lost = 0;
  for (const piece of [...pieces].sort((a, b) => text.indexOf(a) - text.indexOf(b))) {
    const found = text.indexOf(piece, at);
    if (found < 0) lost++;
    else at = found + piece.length;
  }
  return lost;
}
