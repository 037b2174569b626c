import { readdirSync, rmSync, statSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import { afterAll, expect } from 'vitest';
import { AUDIO_EXTENSIONS } from '../../src-main/analysis/audio';
import { recordRow } from '../reliability/figures';
import { ALL_CASES, type DecodeCase, makeCase } from '../support/decode-cases';
import { type Comparison, compareWithFfmpeg } from '../support/decode-matrix';
import { requires } from '../support/requirements';
import { temporaryFolder } from '../support/small-music';

const { it } = requires('ffmpeg');
const scratch = temporaryFolder('torture-decode');
afterAll(scratch.remove);
/** A folder with files of others: `npm run torture -- decode FOLDER`. */
const GIVEN = process.env.TONEARM_DECODE_FOLDER;

type Compared = DecodeCase & Comparison;

it.skipIf(GIVEN !== undefined)('decodes every codec, depth, layout and rate as FFmpeg does', async () => {
  const unexplained: string[] = [];
  let compared = 0;
  for (const group of Map.groupBy(ALL_CASES, ({ codec, depth }) => `${codec} ${depth}`).values()) {
    const cases = await compareGroup(group);
    compared += cases.length;
    for (const { name, isAlike, reason, line } of cases) {
      if (isAlike) continue;
      console.log(`${name}: ${line}`);
      if (!reason) unexplained.push(`${name}: ${line}`);
    }
    if (cases.length > 0) recordRow('Decoding', rowOf(cases));
  }
  expect(unexplained).toEqual([]);
  expect(compared).toBeGreaterThan(400);
});

async function compareGroup(group: readonly DecodeCase[]): Promise<Compared[]> {
  const compared: Compared[] = [];
  for (const each of group) {
    const file = makeCase(scratch.path, each);
    if (!file) continue;
    compared.push({ ...each, ...(await compareWithFfmpeg(file, scratch.path)) });
    rmSync(file);
  }
  return compared;
}

/** What was compared of one codec and depth, and the case that is furthest from FFmpeg in length and in loudness. */
function rowOf(cases: readonly Compared[]) {
  const distinct = <T>(values: readonly T[]) => [...new Set(values)].join(', ');
  const furthest = (of: 'seconds' | 'lu', unit: string, digits: number) => {
    const { apart, layout, rate } = cases.reduce((most, each) =>
      (each.apart?.[of] ?? 0) > (most.apart?.[of] ?? 0) ? each : most,
    );
    const value = (apart?.[of] ?? 0).toFixed(digits);
    return Number(value) === 0 ? `${value} ${unit}` : `${value} ${unit} (${layout}, ${rate})`;
  };
  return {
    codec: cases[0].codec,
    depth: cases[0].depth,
    layouts: distinct(cases.map(({ layout }) => layout)),
    rates: distinct(cases.map(({ rate }) => rate).sort((a, b) => a - b)),
    cases: cases.length,
    alike: cases.filter(({ isAlike }) => isAlike).length,
    'furthest in length': furthest('seconds', 's', 3),
    'furthest in loudness': furthest('lu', 'LU', 2),
    explained: distinct(cases.flatMap(({ isAlike, reason }) => (isAlike || !reason ? [] : [reason]))),
  };
}

it.skipIf(GIVEN === undefined)(
  'decodes every file of the folder that was given as FFmpeg does',
  async () => {
    const files = readdirSync(GIVEN!, { recursive: true, encoding: 'utf8' })
      .filter((name) => AUDIO_EXTENSIONS.includes(extname(name).toLowerCase()))
      .map((name) => join(GIVEN!, name))
      .filter((file) => statSync(file).isFile())
      .sort();
    const unexplained: string[] = [];
    let alike = 0;
    for (const file of files) {
      const { isAlike, reason, line } = await compareWithFfmpeg(file, scratch.path);
      if (isAlike) alike++;
      else console.log(`${reason ? 'explained' : 'UNEXPLAINED'} ${relative(GIVEN!, file)}: ${line}`);
      if (!isAlike && !reason) unexplained.push(`${file}: ${line}`);
    }
    console.log(`${files.length} files, ${alike} alike, ${unexplained.length} unexplained`);
    expect(unexplained).toEqual([]);
  },
  3_600_000,
);
