import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createBackups, openKept, restoreNow } from '../../src-main/backups';
import { openDatabase } from '../../src-main/database';
import { findPaths } from '../../src-main/paths';
import { fillWithSyntheticTracks } from '../bench/synthetic-library';
import { contentOf } from '../database-content';
import { temporaryFolder } from '../small-music';
import { fillEveryTable } from './database-rows';
import { recordFigure } from './figures';

const TRACKS = process.env.TONEARM_FIGURES === '1' ? 100_000 : 1000;
const folder = temporaryFolder('rehearsal');
afterAll(folder.remove);
const LOST = 'the whole data folder but the backups';

it(`restores a library of ${TRACKS} tracks, with rows in every table, from a backup alone, and every row is the same`, async () => {
  const paths = findPaths({ data: join(folder.path, 'data'), models: [] });
  mkdirSync(paths.data);
  const first = openDatabase(paths.database);
  fillWithSyntheticTracks(first, TRACKS);
  fillEveryTable(first);
  first.close();
  const kept = await openKept(paths);
  const backups = createBackups({ ...paths, kept, health: { report() {} }, report() {} });
  const { name } = (await backups.make('manual'))!;
  const before = contentOf(kept.db);
  await backups.stop();
  kept.close();
  rmSync(paths.database);
  const began = performance.now();
  expect(restoreNow(paths, 'latest').from).toBe(join(paths.backups, name));
  const again = await openKept(paths);
  const tookMs = performance.now() - began;
  const after = contentOf(again.db);
  again.close();
  expect(Object.keys(after)).toEqual(Object.keys(before));
  for (const table of Object.keys(before)) expect(after[table], table).toEqual(before[table]);
  expect(tookMs).toBeLessThan(30_000);
  recordFigure('R17', {
    what: `lost: ${LOST}; restored, every row of all tables compared`,
    ...{ cases: Object.keys(before).length, passed: Object.keys(before).length, line: 'equal, < 30 s' },
    note: `${TRACKS} tracks, ${(tookMs / 1000).toFixed(1)} s until it was open again; cases are tables`,
  });
});
