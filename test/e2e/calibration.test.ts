import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../src-main/platform/database';
import { findPaths } from '../../src-main/platform/paths/paths';
import { fillWithSyntheticTracks } from '../bench/synthetic-library';
import { temporaryFolder } from '../support/small-music';
import { type Served, serve, until } from './served';

const TRACKS = 2000;
const folder = temporaryFolder('calibration-whole');
const data = join(folder.path, 'data');
const { database } = findPaths({ data, models: [] });
const running: Served[] = [];
afterAll(async () => {
  for (const each of running) await each.kill();
  folder.remove();
});

async function served(): Promise<Served> {
  const application = await serve({ data });
  running.push(application);
  return application;
}

function look<T>(query: (db: Database) => T): T {
  const db = openDatabase(database);
  try {
    return query(db);
  } finally {
    db.close();
  }
}
const decidedUnder = (calibration: string) =>
  look((db) =>
    db.prepare<[string], number>('SELECT COUNT(*) FROM mood_state WHERE calibration = ?').pluck().get(calibration),
  )!;
const allMoods = () => look((db) => db.prepare('SELECT track_id, mood, tier FROM track_mood ORDER BY 1, 2').all());

it('decides moods of before, applies a calibration through a power cut, and goes back to exactly what was', async () => {
  mkdirSync(data, { recursive: true });
  look((db) => fillWithSyntheticTracks(db, TRACKS));
  const first = await served();
  await until('the first moods', () => decidedUnder('none') === TRACKS);
  const raw = allMoods();

  const { calibration } = await first.api.calibration.generate({});
  expect(calibration).toMatchObject({ id: 1, librarySize: (TRACKS * 19) / 20 });
  await first.api.calibration.activate({ id: 1, rewriteTags: false });
  await until('some of the moods', () => decidedUnder('1') > 0);
  await first.kill();

  const second = await served();
  await until('all of the moods', () => decidedUnder('1') === calibration.librarySize);
  expect(allMoods()).not.toEqual(raw);
  const { items } = await second.api.calibration.versions({});
  expect(items).toMatchObject([{ id: 1, isActive: true }]);
  await until('the end of the job', async () => {
    const { pending, running } = await second.api.calibration.status({});
    return pending + running === 0;
  });

  await second.api.calibration.rollBack({ rewriteTags: false });
  await until('the moods of before', () => decidedUnder('none') === TRACKS);
  expect(allMoods()).toEqual(raw);
  expect(await second.stop()).toBe(0);
});
