import { readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { expect, it } from 'vitest';
import { AUDIO_EXTENSIONS } from '../../src-main/analysis/audio';
import { emptyMatrix, explained, readingsInto, tableOf } from '../corpus/metadata-matrix';

const HOUR = 3_600_000;
/** A folder with files of others: `npm run torture -- metadata FOLDER`. */
const folder = process.env.TONEARM_FOLDER;

it.skipIf(!folder)(
  `compares what the files of ${folder ?? 'a folder'} say with three other readers`,
  async () => {
    const paths = readdirSync(folder!, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder!, name))
      .filter((path) => AUDIO_EXTENSIONS.includes(extname(path).toLowerCase()) && statSync(path).isFile());
    const matrix = emptyMatrix();
    await readingsInto(matrix, paths);
    for (const { what, cases, passed, note } of tableOf(matrix))
      console.log(`${what}: ${passed} of ${cases} (${note})`);
    for (const { path, readers, message } of matrix.unread) console.log(`unread: ${path} (${readers}): ${message}`);
    for (const difference of matrix.alone) console.log(explained(difference) ?? 'unexplained', difference);
    expect(matrix.alone.filter((difference) => !explained(difference))).toEqual([]);
  },
  HOUR,
);
