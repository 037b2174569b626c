import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { extname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildCorpus } from '../corpus/build';
import { rawParts } from '../corpus/raw';
import { SEED as ANY_SEED, untilOver } from '../stress/minutes';
import { requires } from '../support/requirements';
import { isLong } from './cases';
import { recordFigure } from './figures';
import { injured, injuries } from './injuries';
import { roundTrip, type Tags } from './round-trip';

const SEED = isLong ? ANY_SEED : 20_261_121;
const RUNS = isLong ? 400 : 25;
const HANG_MS = 5000;
const MEMORY = 512 * 2 ** 20;
/** Larger ones say no more, and take longer. */
const LARGEST = 220_000;
const CASES = join(import.meta.dirname, '../corpus/cases');
const WISHES: readonly Tags[] = [{}, { happy: ['0.5'] }, { happy: ['0.5'], long: ['y'.repeat(3000)] }];

const files = new Map<string, Buffer>();
const all = { runs: 0, written: 0, slowest: 0 };

requires('ffmpeg', 'mutagen').describe('Damaged files', () => {
  beforeAll(async () => {
    const corpus = await buildCorpus();
    for (const name of readdirSync(corpus)) {
      const bytes = readFileSync(join(corpus, name));
      if (bytes.length <= LARGEST) files.set(name, bytes);
    }
    rmSync(corpus, { recursive: true });
  }, 240_000);
  afterAll(() => files.clear());

  it('cut off at each border of their structure, and a byte before and behind it, are read and written safely or refused', async () => {
    let cuts = 0;
    for (const [name, bytes] of files) {
      const borders = rawParts(name, bytes).flatMap(({ at }) => (at === undefined ? [] : [at]));
      const places = new Set(
        borders.flatMap((at) => [at - 1, at, at + 1]).filter((at) => at >= 0 && at < bytes.length),
      );
      for (const at of places) {
        await tryOne(bytes.subarray(0, at), WISHES[1]);
        cuts++;
      }
    }
    expect(cuts).toBeGreaterThan(500);
    recordFigure('R12', {
      what: 'cut off at each border of its structure',
      cases: cuts,
      passed: cuts,
      line: '0 crashes',
    });
  }, 600_000);

  it('of any kind are read and written safely or refused; none crashes, hangs or takes much memory', async () => {
    const isTimeLeft = isLong ? untilOver() : () => false;
    const began = performance.now();
    const rssBefore = process.memoryUsage().rss;
    let round = 0;
    do {
      for (const bytes of files.values()) {
        const wishes = fc.constantFrom(...WISHES);
        const property = fc.asyncProperty(injuries, wishes, async (list, wish) => tryOne(injured(bytes, list), wish));
        await fc.assert(property, { seed: SEED + round, numRuns: RUNS });
      }
      round++;
    } while (isTimeLeft());
    const perSecond = Math.round(all.runs / ((performance.now() - began) / 1000));
    const grown = Math.max(0, process.memoryUsage().rss - rssBefore);
    expect(grown).toBeLessThan(MEMORY);
    // Most of what is hurt must still be written, or the writing would not have been tried.
    expect(all.written).toBeGreaterThan(all.runs / 5);
    const note = `${all.written} of them written; ${perSecond} a second, slowest ${Math.ceil(all.slowest)} ms, ${Math.round(grown / 2 ** 20)} MB more memory; seed ${SEED}`;
    const line = '0 crashes, hangs > 5 s, memory > 512 MB';
    recordFigure('R12', {
      what: 'read, written and put back after random damage',
      cases: all.runs,
      passed: all.runs,
      line,
      note,
    });
  }, 3_600_000);
});

/** A few bytes each: what readers of tags have crashed, hung or run out of memory over. A new one is put beside them. */
describe('A file that is known for trouble', () => {
  it.each(readdirSync(CASES).filter((name) => extname(name) === '.bin'))('%s', async (name) => {
    for (const wish of WISHES) await tryOne(readFileSync(join(CASES, name)), wish);
  });
});

async function tryOne(bytes: Buffer, wish: Tags): Promise<void> {
  const began = performance.now();
  const after = await roundTrip(bytes, wish);
  const took = performance.now() - began;
  all.runs++;
  all.slowest = Math.max(all.slowest, took);
  if (after) all.written++;
  if (took > HANG_MS) throw new Error(`It took ${Math.round(took)} ms.`);
}
