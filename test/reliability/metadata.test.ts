import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildCorpus } from '../corpus/build';
import { emptyMatrix, explained, type Matrix, readingsInto, tableOf } from '../corpus/metadata-matrix';
import { NAMES } from '../corpus/names';
import { requires } from '../support/requirements';
import { recordFigure } from './figures';

const { describe } = requires('ffmpeg', 'mutagen');

/** One of each way to keep tags, and what is odd; `npm run torture` takes all of them. */
const OFTEN =
  /^(by-taglib|mp3-id3v2[34]\.|mp3-two|mp3-vbr|flac-in-ogg|m4a-(keys|two|no)|wav-(info|rf64)|aiff-id3|.*sv7\.|wma\.)/;

describe('what files say, read by ours and by mutagen, ffprobe and TagLib', () => {
  let folder = '';
  let matrix: Matrix;
  const names = process.env.TONEARM_FIGURES === '1' ? NAMES : NAMES.filter((name) => OFTEN.test(name));
  beforeAll(async () => {
    folder = await buildCorpus();
    matrix = emptyMatrix();
    const paths = names.map((name) => join(folder, name));
    await readingsInto(matrix, paths);
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('reads every file of the corpus that another reader reads', () => {
    expect(matrix.unread).toEqual([]);
    expect(matrix.files).toBe(names.length);
  });

  it('says of no field what none of them says, but for known reasons', () => {
    expect(matrix.alone.filter((difference) => !explained(difference))).toEqual([]);
  });

  it('agrees with them field by field', () => {
    for (const row of tableOf(matrix)) recordFigure('Metadata', row);
    expect(matrix.cells.size).toBeGreaterThan(8);
  });
});
