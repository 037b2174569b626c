import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createBackups, openDatabaseSafely, restoreNow } from '../../src-main/platform/backups';
import { type Database, openDatabase } from '../../src-main/platform/database';
import { findPaths } from '../../src-main/platform/paths/paths';
import { fillWithSyntheticTracks } from '../bench/synthetic-library';
import { randomOf } from '../e2e/random';
import { builtScript } from '../support/built-script';
import { temporaryFolder } from '../support/small-music';
import { times } from './cases';
import { recordFigure } from './figures';

const KILLS = times(30, 1000);
const CUTS = times(25, 300);
const LOST_LOGS = times(10, 200);
const HALF_FOLDED = times(25, 300);
const TRACKS = times(1000, 100_000);
const folder = temporaryFolder('killed-database');
const file = join(folder.path, 'tonearm.db');
const random = randomOf(Number(process.env.TONEARM_SEED) || 16);
let script: Awaited<ReturnType<typeof builtScript>>;

beforeAll(async () => {
  script = await builtScript('test/reliability/database-child.ts');
});
afterAll(() => {
  script.remove();
  folder.remove();
});

/** Lets a process write, kills it at some moment, and gives the last row that it had told to be committed. */
async function writeAndKill(): Promise<number> {
  const child = spawn(process.execPath, [script.path, 'write', file], { stdio: ['ignore', 'pipe', 'inherit'] });
  let reported = '';
  child.stdout.on('data', (chunk: Buffer) => {
    reported += chunk.toString();
  });
  // One kill in six strikes while the database is being opened.
  if (random() < 0.16) await setTimeout(40 + random() * 80);
  else await once(child.stdout, 'data').then(() => setTimeout(random() * 40));
  child.kill('SIGKILL');
  await once(child, 'close');
  const lines = reported.split('\n').slice(0, -1);
  return Number(lines.at(-1) ?? 0);
}

const OK = { integrity_check: 'ok' };

interface Seen {
  readonly last: number | null;
  readonly tracks: number;
  readonly writes: number;
  readonly jobs: number;
  readonly counted: number | null;
}

/** Each transaction of the writer put one row into each. */
const SEEN = `
  SELECT (SELECT MAX(id) FROM track) AS last, (SELECT COUNT(*) FROM track) AS tracks,
    (SELECT COUNT(*) FROM file_write) AS writes, (SELECT COUNT(*) FROM job) AS jobs,
    (SELECT SUM(jobs) FROM job_total) AS counted`;

/** What a sound database without half a transaction says. */
function whatIsIn(db: Database): Seen {
  expect(db.pragma('integrity_check')).toEqual([OK]);
  expect(db.pragma('foreign_key_check')).toEqual([]);
  const seen = db.prepare<[], Seen>(SEEN).get()!;
  expect([seen.writes, seen.jobs, seen.counted ?? 0]).toEqual([seen.tracks, seen.tracks, seen.tracks]);
  return seen;
}

it(`is sound after each of ${KILLS} kills in the middle of writing, with every row that was told to be written`, {
  timeout: 900_000,
}, async () => {
  for (let kill = 0; kill < KILLS; kill++) {
    const reported = await writeAndKill();
    const db = openDatabase(file);
    const seen = whatIsIn(db);
    expect(seen.last ?? 0).toBeGreaterThanOrEqual(reported);
    // Kept small, so that the checks stay quick; the rows are not what is looked for.
    if (seen.tracks > 3000) db.exec('DELETE FROM job; DELETE FROM file_write; DELETE FROM track');
    db.close();
  }
  recordFigure('R16', {
    what: 'SIGKILL while writing; then integrity_check, foreign_key_check, no half transaction, no told row lost',
    ...{ cases: KILLS, passed: KILLS, line: '100 %' },
  });
});

it(`notices at the start each of ${CUTS} places at which the file is cut, with the log of a crash and without`, async () => {
  const db = openDatabase(file);
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  const size = statSync(file).size;
  const paths = { ...findPaths({ data: folder.path, models: [] }), database: join(folder.path, 'cut.db') };
  for (let cut = 0; cut < CUTS; cut++) {
    copyFileSync(file, paths.database);
    rmSync(`${paths.database}-wal`, { force: true });
    if (cut % 2 === 1) leaveLog(paths.database);
    const at = Math.floor(random() * size);
    truncateSync(paths.database, at);
    await expect(openDatabaseSafely(paths), `cut at ${at} of ${size}`).rejects.toMatchObject({
      code: 'database_damaged',
    });
  }
  recordFigure('R16', {
    what: 'the file cut short at a random place; noticed at the start',
    ...{ cases: CUTS, passed: CUTS, line: '100 %', note: 'half of them with the log of a crash beside it' },
  });
});

it(`says at the start after each of ${LOST_LOGS} kills that the log is gone, and the database is sound or called damaged`, {
  timeout: 900_000,
}, async () => {
  const reported = { sound: 0, damaged: 0 };
  const paths = { ...findPaths({ data: folder.path, models: [] }), database: join(folder.path, 'lost.db') };
  while (reported.sound + reported.damaged < LOST_LOGS) {
    await writeAndKill();
    if (!(statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0)) continue;
    copyFileSync(file, paths.database);
    // It lies there while the application runs, and so after a crash.
    writeFileSync(`${paths.database}.open`, '');
    const kept = await openDatabaseSafely(paths).catch((thrown) => {
      expect(thrown).toMatchObject({ code: 'database_damaged' });
    });
    reported[kept ? 'sound' : 'damaged'] += 1;
    if (!kept) continue;
    expect(kept.warning).toMatch(/its log .* was gone at this start/);
    whatIsIn(kept.db);
    kept.close();
  }
  recordFigure('R16', {
    what: 'SIGKILL while writing, then the log deleted; told at the start',
    ...{ cases: LOST_LOGS, passed: LOST_LOGS, line: 'sound or detected' },
    note: `${reported.sound} sound without what was written last, ${reported.damaged} called damaged`,
  });
});

it(`calls the database damaged, or it is sound, when the log is lost while it is folded in, at ${HALF_FOLDED} pages`, async () => {
  const [before, after] = aFoldedLog();
  const changed = pagesThatDiffer(before, after);
  const paths = { ...findPaths({ data: folder.path, models: [] }), database: join(folder.path, 'half.db') };
  const reported = { sound: 0, damaged: 0 };
  for (let half = 0; half < HALF_FOLDED; half++) {
    const folded = changed.slice(0, 1 + Math.floor(random() * (changed.length - 1)));
    writeFileSync(paths.database, withPages(before, after, folded));
    writeFileSync(`${paths.database}.open`, '');
    const kept = await openDatabaseSafely(paths).catch((thrown) => {
      expect(thrown).toMatchObject({ code: 'database_damaged' });
    });
    reported[kept ? 'sound' : 'damaged'] += 1;
    if (!kept) continue;
    expect(kept.db.pragma('integrity_check'), `${folded.length} of ${changed.length}`).toEqual([OK]);
    expect(kept.db.pragma('foreign_key_check')).toEqual([]);
    kept.close();
  }
  expect(reported.damaged).toBeGreaterThan(0);
  recordFigure('R16', {
    what: 'the log lost while its pages were being folded in, at a random page; told at the start',
    ...{ cases: HALF_FOLDED, passed: HALF_FOLDED, line: 'sound or detected' },
    note: `${reported.sound} sound, ${reported.damaged} called damaged`,
  });
});

const PAGE = 4096;

/** A database's file before its log is folded in, and after. */
function aFoldedLog(): [before: Buffer, after: Buffer] {
  const source = join(folder.path, 'folded.db');
  const db = openDatabase(source);
  const add = db.prepare(`
    INSERT INTO track (library_id, path, folder, size_bytes, mtime_ms, title, sort_title, sort_artist, sort_album, added_at,
      scanned_at) VALUES (1, @path, @path, 1, 1, @path, @path, @path, @path, '', '')`);
  db.exec("INSERT INTO library (id, name, root_path, created_at, updated_at) VALUES (1, 'M', '/m', '', '')");
  db.transaction(() => {
    for (let index = 0; index < 600; index++) add.run({ path: `${(index * 7919) % 4001} of many` });
  })();
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.pragma('wal_autocheckpoint = 0');
  // Nothing that makes the file longer: a size that is not true would tell at once.
  db.exec("UPDATE track SET path = replace(path, 'many', 'much') WHERE id % 3 = 0; DELETE FROM track WHERE id % 7 = 0");
  const before = readFileSync(source);
  db.close();
  return [before, readFileSync(source)];
}

function pagesThatDiffer(before: Buffer, after: Buffer): number[] {
  const page = (bytes: Buffer, number: number) => bytes.subarray(number * PAGE, (number + 1) * PAGE);
  const numbers = Array.from({ length: after.length / PAGE }, (_, number) => number);
  return numbers.filter((number) => !page(before, number).equals(page(after, number)));
}

/** In the order of their numbers, as SQLite folds them in. */
function withPages(before: Buffer, after: Buffer, folded: readonly number[]): Buffer {
  const mixed = Buffer.alloc(Math.max(before.length, (folded.at(-1)! + 1) * PAGE));
  before.copy(mixed);
  for (const number of folded) after.copy(mixed, number * PAGE, number * PAGE, (number + 1) * PAGE);
  return mixed;
}

it(`offers the newest backup of ${TRACKS} tracks when the database is damaged, and restores it`, async () => {
  const paths = findPaths({ data: join(folder.path, 'large'), models: [] });
  mkdirSync(paths.data);
  const filled = openDatabase(paths.database);
  fillWithSyntheticTracks(filled, TRACKS);
  filled.close();
  const kept = await openDatabaseSafely(paths);
  const backups = createBackups({ ...paths, kept, health: { report() {} }, report() {} });
  await backups.make('manual');
  await backups.stop();
  kept.close();
  truncateSync(paths.database, statSync(paths.database).size / 2);
  const began = performance.now();
  await expect(openDatabaseSafely(paths)).rejects.toThrow(/"nom restore latest"/);
  const offered = performance.now();
  restoreNow(paths, 'latest');
  const again = await openDatabaseSafely(paths);
  const took = performance.now() - offered;
  expect(again.db.prepare('SELECT COUNT(*) FROM track').pluck().get()).toBe(TRACKS);
  again.close();
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  recordFigure('R16', {
    what: `damaged with ${TRACKS} tracks: the newest backup offered, restored and open again`,
    ...{ cases: 1, passed: took < 30_000 ? 1 : 0, line: '< 30 s' },
    note: `offered in ${seconds(offered - began)}, restored and open in ${seconds(took)}`,
  });
});

/** A log as a crash leaves it: copied from under a connection that has not folded it in. */
function leaveLog(database: string): void {
  const db = openDatabase(database);
  db.exec("INSERT OR REPLACE INTO file_write_folder VALUES ('/later')");
  copyFileSync(database, `${database}.copy`);
  copyFileSync(`${database}-wal`, `${database}.copy-wal`);
  db.close();
  copyFileSync(`${database}.copy`, database);
  copyFileSync(`${database}.copy-wal`, `${database}-wal`);
}
