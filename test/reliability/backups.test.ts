import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, afterEach, expect, it } from 'vitest';
import {
  createBackupFiles,
  createBackups,
  dailyBackupTask,
  openDatabaseSafely,
  type Reason,
  restoreNow,
} from '../../src-main/platform/backups';
import { type Database, LATEST_SCHEMA, listMigrations, openDatabase } from '../../src-main/platform/database';
import { migrate } from '../../src-main/platform/database/migrate';
import { findPaths } from '../../src-main/platform/paths/paths';
import { fillWithSyntheticTracks } from '../bench/synthetic-library';
import { type Served, serve } from '../e2e/served';
import { aClock } from '../support/alarm-clock';
import { contentOf } from '../support/database-content';
import { insertRow } from '../support/insert-row';
import { aScheduler } from '../support/scheduler';
import { temporaryFolder } from '../support/small-music';
import { isLong, times } from './cases';
import { fillEveryTable } from './database-rows';
import { recordFigure } from './figures';

const TRACKS = times(1000, 100_000);
const DAYS = times(4, 60);
const UPDATES = times(2, 20);
const SCHEMAS = Array.from({ length: LATEST_SCHEMA - 1 }, (_, index) => index + 1).filter(
  (schema) => isLong || schema === 1 || schema === LATEST_SCHEMA - 1,
);
const LOST = 'the whole data folder but the backups';
const folder = temporaryFolder('rehearsal');
let app: Served | undefined;
afterEach(() => app?.kill());
afterAll(folder.remove);

function placesFor(name: string) {
  const paths = findPaths({ data: join(folder.path, name), models: [] });
  mkdirSync(paths.data, { recursive: true });
  return paths;
}

/** What a database's file says, without opening it as the application does. */
function contentIn(file: string) {
  const db = new BetterSqlite3(file, { readonly: true });
  try {
    return contentOf(db);
  } finally {
    db.close();
  }
}

it(`restores a library of ${TRACKS} tracks, with rows in every table, from a backup alone, and every row is the same`, async () => {
  const paths = placesFor('data');
  const first = openDatabase(paths.database);
  fillWithSyntheticTracks(first, TRACKS);
  fillEveryTable(first);
  first.close();
  const kept = await openDatabaseSafely(paths);
  const backups = createBackups({ ...paths, kept, health: { report() {} }, report() {} });
  const { name } = (await backups.make('manual'))!;
  const before = contentOf(kept.db);
  await backups.stop();
  kept.close();
  rmSync(paths.database);
  const began = performance.now();
  expect(restoreNow(paths, 'latest').from).toBe(join(paths.backups, name));
  const again = await openDatabaseSafely(paths);
  const tookMs = performance.now() - began;
  const after = contentOf(again.db);
  again.close();
  expect(Object.keys(after)).toEqual(Object.keys(before));
  // Which sessions have ended since is not known any more: all have.
  const wanted: typeof before = { ...before, session: [] };
  for (const table of Object.keys(before)) expect(after[table], table).toEqual(wanted[table]);
  expect(tookMs).toBeLessThan(30_000);
  recordFigure('R17', {
    what: `lost: ${LOST}; restored, every row of all tables compared`,
    ...{ cases: Object.keys(before).length, passed: Object.keys(before).length, line: 'equal, < 30 s' },
    note: `${TRACKS} tracks, ${(tookMs / 1000).toFixed(1)} s until it was open again; cases are tables`,
  });
});

it(`makes a backup by the clock on each of ${DAYS} days on which something changed, which says what was said then`, async () => {
  const paths = placesFor('daily');
  const kept = await openDatabaseSafely(paths);
  const clock = aClock();
  const health = { report() {} };
  const backups = createBackups({ ...paths, kept, clock, health, report() {} });
  const scheduler = aScheduler(clock);
  scheduler.add(dailyBackupTask(backups, health));
  const newest = () => backups.files.list()[0];
  scheduler.start();
  for (let day = 0; day < DAYS; day++) {
    insertRow(kept.db, 'library', { name: `Of day ${day}`, root_path: `/${day}` });
    const before = newest()?.name;
    // In hours, as naps of the clock are; the day's backup is made on the way, and nothing changes meanwhile.
    for (let hours = 0; hours < 25; hours++) clock.advance(3_600_000);
    await expect.poll(() => newest()?.name).not.toBe(before);
    expect(newest().reason).toBe('daily');
    expect(contentIn(newest().file)).toEqual(contentOf(kept.db));
    // One after the other: when this one is there, the day's has ended.
    rmSync((await backups.make('manual'))!.file);
  }
  await scheduler.stop();
  await backups.stop();
  kept.close();
  recordFigure('R17', {
    what: 'a day on which something changed: a backup by the clock, which says what the library said',
    ...{ cases: DAYS, passed: DAYS, line: '100 %' },
  });
});

it(`backs up each of ${SCHEMAS.length} older schemas, with rows in all tables, as it was before it is migrated`, async () => {
  const migrations = listMigrations();
  for (const schema of SCHEMAS) {
    const paths = placesFor(`schema ${schema}`);
    const old = new BetterSqlite3(paths.database);
    migrate(old, migrations.slice(0, schema));
    fillEveryTable(old);
    const before = contentOf(old);
    old.close();
    const kept = await openDatabaseSafely(paths);
    expect(kept.db.prepare('SELECT MAX(number) FROM migration').pluck().get()).toBe(LATEST_SCHEMA);
    expect(kept.files.list().map(({ reason }) => reason)).toEqual(['migration']);
    expect(contentIn(kept.files.list()[0].file)).toEqual(before);
    kept.close();
  }
  recordFigure('R17', {
    what: 'a library of an older schema: backed up before it is migrated, every row as it was',
    ...{ cases: SCHEMAS.length, passed: SCHEMAS.length, line: '100 %' },
  });
});

it('backs the library up at the first start of another version, before it has changed anything, and only then', async () => {
  const options = { data: join(folder.path, 'updated') };
  const { database, backups } = placesFor('updated');
  const updates = () =>
    createBackupFiles(backups)
      .list()
      .filter(({ reason }) => reason === 'update');
  for (let update = 0; update < UPDATES; update++) {
    await startOnce(options);
    const [before, count] = [setVersion(database, `0.0.${update}`), updates()[0]?.name];
    await startOnce(options);
    expect(updates()[0].name).not.toBe(count);
    expect(contentIn(updates()[0].file)).toEqual(before);
  }
  expect(updates()).toHaveLength(Math.min(UPDATES, 3));
  recordFigure('R17', {
    what: 'the application started in another version than before: backed up first, every row as the other left it',
    ...{ cases: UPDATES, passed: UPDATES, line: '100 %', note: 'real starts; a start in the same version makes none' },
  });
});

async function startOnce(options: { readonly data: string }): Promise<void> {
  app = await serve(options);
  expect(await app.stop()).toBe(0);
}

/** Has another version be the last that opened a library, and gives all that the library says then. */
function setVersion(database: string, version: string) {
  const db: Database = new BetterSqlite3(database);
  db.prepare('UPDATE opened_by SET version = ? WHERE id = (SELECT MAX(id) FROM opened_by)').run(version);
  const content = contentOf(db);
  db.close();
  return content;
}

/** The newest backup of each stretch of time that has one, as many of the last stretches as are kept. */
function newestOf(days: readonly string[], count: number, stretchOf: (day: string) => string): string[] {
  const newest = new Map(days.toSorted().map((day) => [stretchOf(day), day]));
  return [...newest.values()].slice(-count);
}

const mondayOf = (day: string) => {
  const date = new Date(`${day}T00:00:00Z`);
  return new Date(date.getTime() - ((date.getUTCDay() + 6) % 7) * 86_400_000).toISOString().slice(0, 10);
};

it('keeps seven days, four weeks and three months of 400 days, three before each kind of change, and all of a person', () => {
  const files = createBackupFiles(join(folder.path, 'retention'));
  const made: Record<Reason, string[]> = { daily: [], manual: [], migration: [], update: [] };
  for (let day = 0; day < 400; day++) {
    const at = new Date(Date.parse('2026-01-01T12:00:00Z') + day * 86_400_000);
    // Weeks without the machine, and changes now and then.
    const reasons = { daily: day % 50 < 41, manual: day % 97 === 0, migration: day % 60 === 5, update: day % 45 === 7 };
    for (const reason of ['daily', 'manual', 'migration', 'update'] as const) {
      if (!reasons[reason]) continue;
      new BetterSqlite3(files.newFile(reason, at)).close();
      made[reason].push(at.toISOString().slice(0, 10));
    }
    files.prune();
    const { daily, manual, migration, update } = made;
    const dates = [
      ...newestOf(daily, 7, (each) => each),
      ...newestOf(daily, 4, mondayOf),
      ...newestOf(daily, 3, (each) => each.slice(0, 7)),
    ];
    const wanted = {
      daily: [...new Set(dates)].sort(),
      ...{ manual, migration: migration.slice(-3), update: update.slice(-3) },
    };
    for (const reason of Object.keys(wanted) as Reason[]) {
      const left = files.list().filter((each) => each.reason === reason);
      expect(left.map(({ name }) => name.slice(0, 10)).reverse(), `${reason} on day ${day}`).toEqual(wanted[reason]);
    }
  }
  recordFigure('R17', {
    what: 'backups on 400 days, with weeks without one: after each day what is kept is seven days, four weeks, three months',
    ...{
      cases: 400,
      passed: 400,
      line: '7/4/3',
      note: 'and three before migrations, three before updates, all manual',
    },
  });
});
