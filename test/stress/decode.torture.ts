import { readdirSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { AUDIO_EXTENSIONS } from '../../src-main/analysis/audio';
import { recordFigure } from '../reliability/figures';
import { ALL_CASES, makeCase } from '../support/decode-cases';
import { differenceOf, measureByFfmpeg, measureOurs } from '../support/decode-matrix';
import { requires } from '../support/requirements';
import { temporaryFolder } from '../support/small-music';

const { it } = requires('ffmpeg');
const scratch = temporaryFolder('torture-decode');
afterAll(scratch.remove);
const GIVEN = process.env.TONEARM_DECODE_FOLDER;
const kindOf = (file: string): string =>
  basename(file)
    .replace(/^.*?-\d+\./, '')
    .replace(/^.*\.(?=[^.]+$)/, '');

/** A line where ours and FFmpeg's measure differ; a file that we mark or refuse with a reason is explained by that. */
async function compare(file: string) {
  const theirs = await measureByFfmpeg(file, scratch.path);
  try {
    const ours = await measureOurs(file, 'any');
    const apart = theirs && differenceOf(ours, theirs);
    const isExplained = !apart || apart.isWithin || ours.isIncomplete;
    const line = `${file}: ${JSON.stringify(ours)}, FFmpeg ${JSON.stringify(theirs ?? 'nothing')}`;
    return { apart, isExplained, line: apart?.isWithin && !ours.isIncomplete ? undefined : line };
  } catch (thrown) {
    const { code, message } = thrown as Error & { code?: string };
    return { apart: undefined, isExplained: code !== undefined && code !== 'internal', line: `${file}: ${message}` };
  }
}

async function compareAll(files: readonly string[]) {
  const unexplained: string[] = [];
  const kinds = new Map<string, { cases: number; seconds: number; lu: number }>();
  for (const file of files) {
    const { apart, isExplained, line } = await compare(file);
    if (line) console.log(line);
    if (!isExplained) unexplained.push(line ?? file);
    const kind = kinds.get(kindOf(file)) ?? { cases: 0, seconds: 0, lu: 0 };
    const [seconds, lu] = [Math.max(kind.seconds, apart?.seconds ?? 0), Math.max(kind.lu, apart?.lu ?? 0)];
    kinds.set(kindOf(file), { cases: kind.cases + 1, seconds, lu });
  }
  return { unexplained, kinds };
}

it.skipIf(GIVEN !== undefined)('decodes every codec, depth, layout and rate as FFmpeg does', async () => {
  const files = ALL_CASES.flatMap((each) => makeCase(scratch.path, each) ?? []);
  const { unexplained, kinds } = await compareAll(files);
  for (const [kind, { cases, seconds, lu }] of kinds) {
    const note = `furthest from FFmpeg: ${seconds.toFixed(3)} s, ${lu.toFixed(2)} LU`;
    recordFigure('decode', { what: `decoded: ${kind}`, cases, passed: cases, line: '0.05 s, 0.1 LU', note });
  }
  expect(unexplained).toEqual([]);
});

it.skipIf(GIVEN === undefined)('decodes every file of the folder that was given as FFmpeg does', async () => {
  const files = readdirSync(GIVEN!, { recursive: true, encoding: 'utf8' })
    .filter((name) => AUDIO_EXTENSIONS.includes(extname(name).toLowerCase()))
    .map((name) => join(GIVEN!, name));
  const { unexplained } = await compareAll(files);
  console.log(`${files.length} files, ${unexplained.length} unexplained`);
  expect(unexplained).toEqual([]);
});
