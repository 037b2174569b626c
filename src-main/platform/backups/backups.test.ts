import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { aClock } from '../../../test/support/alarm-clock';
import { contentOf } from '../../../test/support/database-content';
import { insertRow } from '../../../test/support/insert-row';
import { aScheduler } from '../../../test/support/scheduler';
import { temporaryFolder } from '../../../test/support/small-music';
import { openDatabase } from '../database';
import { findPaths } from '../paths/paths';
import { createBackupFiles } from './backup-files';
import { createBackups } from './backups';
import { dailyBackupTask } from './daily-backup';
import { openDatabaseSafely } from './open-database-safely';
import { restoreNow } from './restore';

const folder = temporaryFolder('backups');
afterAll(folder.remove);
let libraries = 0;

/** A library on disk, opened as the application does. */
async function aLibrary() {
  const paths = findPaths({ data: join(folder.path, `data ${++libraries}`), models: [] });
  mkdirSync(paths.data, { recursive: true });
  const kept = await openDatabaseSafely(paths);
  const clock = aClock();
  const reported: unknown[] = [];
  const health = { report: (part: string, problem: unknown) => void reported.push([part, problem]) };
  const report = (thrown: unknown) => void reported.push(thrown);
  const backups = createBackups({ ...paths, kept, clock, report, health });
  const scheduler = aScheduler(clock);
  scheduler.add(dailyBackupTask(backups, health));
  const addLibrary = (name: string) => insertRow(kept.db, 'library', { name, root_path: `/${name}` });
  const close = async () => {
    await scheduler.stop();
    await backups.stop();
    kept.close();
  };
  return { ...paths, paths, kept, db: kept.db, backups, clock, scheduler, reported, addLibrary, close };
}

const reopened = async (paths: Parameters<typeof openDatabaseSafely>[0]) => {
  const { db, close, warning } = await openDatabaseSafely(paths);
  const content = contentOf(db);
  close();
  return { content, warning };
};

it('copies the library while it is written to, and the copy says what the library said', async () => {
  const { backups, db, addLibrary, close } = await aLibrary();
  addLibrary('Music');
  const before = contentOf(db);
  const making = backups.make('manual');
  const made = await making;
  addLibrary('Later');
  const copy = openDatabase(made!.file);
  expect(contentOf(copy)).toEqual(before);
  copy.close();
  expect(readdirSync(backups.files.folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  await close();
});

it('makes a backup each day by the clock, but none of what has not changed', async () => {
  const { backups, clock, scheduler, addLibrary, close, reported } = await aLibrary();
  const count = () => backups.files.list().length;
  const settled = () => backups.make('update').then(({ file } = { file: '' } as never) => rmSync(file));
  scheduler.start();
  clock.advance(4 * 60_000);
  await settled();
  expect(count()).toBe(0);
  clock.advance(2 * 60_000);
  await settled();
  expect(count()).toBe(1);
  clock.advance(25 * 3_600_000);
  await settled();
  expect(count()).toBe(1);
  addLibrary('Music');
  // What was called off by nothing new is asked again a day later.
  for (let hours = 0; hours < 25; hours++) {
    clock.advance(3_600_000);
    await new Promise(setImmediate);
  }
  await settled();
  expect(backups.files.list().map(({ reason }) => reason)).toEqual(['daily', 'daily']);
  expect(reported).toEqual([
    ['backups', undefined],
    ['backups', undefined],
    ['backups', undefined],
  ]);
  await close();
});

it('backs up before a migration, and migrates only then', async () => {
  const { paths, db, close } = await aLibrary();
  db.exec('DELETE FROM migration WHERE number >= 31');
  await close();
  // What adds a column cannot run twice: the start fails, and the library as it was is safe.
  await expect(openDatabaseSafely(paths)).rejects.toThrow();
  expect(
    createBackupFiles(paths.backups)
      .list()
      .map(({ reason }) => reason),
  ).toEqual(['migration']);
});

it('backs up a library that another version opened last, as that left it, and opens it then without more ado', async () => {
  const { paths, db, addLibrary, close } = await aLibrary();
  addLibrary('Music');
  db.exec("UPDATE opened_by SET version = '0.0.1'");
  const left = contentOf(db);
  await close();
  const reasons = () =>
    createBackupFiles(paths.backups)
      .list()
      .map(({ reason }) => reason);
  for (const _ of [1, 2]) {
    const { content } = await reopened(paths);
    expect(content.opened_by).toHaveLength(2);
    expect(content.library).toEqual(left.library);
    expect(reasons()).toEqual(['update']);
  }
  restoreNow(paths, 'latest');
  const restored = openDatabase(paths.database);
  expect(contentOf(restored)).toEqual(left);
  restored.close();
});

it('leaves a library as it was whose backup after an update cannot be made', async () => {
  const { paths, db, close } = await aLibrary();
  db.exec("UPDATE opened_by SET version = '0.0.1'");
  await close();
  const before = readFileSync(paths.database);
  await expect(openDatabaseSafely({ ...paths, backupEntry: join(folder.path, 'nothing.js') })).rejects.toThrow();
  expect(readFileSync(paths.database)).toEqual(before);
});

const DAMAGE: Record<string, [harm: (database: string) => void, says: RegExp]> = {
  'is empty': [(file) => truncateSync(file, 0), /is empty/],
  'is something else': [(file) => writeFileSync(file, 'no database'.repeat(1000)), /is no database/],
  'lost its end': [(file) => truncateSync(file, 40_000), /is cut short \(40000 of/],
  'lost its end in the header': [(file) => truncateSync(file, 50), /is cut short|damaged/],
  'has bytes of something else inside': [
    (file) => {
      const bytes = readFileSync(file);
      writeFileSync(file, bytes.fill(0xa5, 4096 * 2, 4096 * 9));
    },
    /is damaged/,
  ],
  'is gone': [(file) => rmSync(file), /is gone/],
};

it.each(Object.entries(DAMAGE))(
  'says at the start that the database %s, makes no empty one, and puts the newest good backup back',
  async (_what, [harm, says]) => {
    const { paths, db, backups, addLibrary, close } = await aLibrary();
    addLibrary('Music');
    await backups.make('manual');
    const good = contentOf(db);
    await close();
    harm(paths.database);
    const harmed = existsSync(paths.database) ? readFileSync(paths.database) : undefined;
    for (const _ of [1, 2]) {
      const failed = openDatabaseSafely(paths);
      await expect(failed).rejects.toMatchObject({ code: 'database_damaged', message: expect.stringMatching(says) });
      await expect(failed).rejects.toThrow(/"nom restore latest"/);
    }
    const { keptAs } = restoreNow(paths, 'latest');
    expect((await reopened(paths)).content).toEqual(good);
    if (harmed) expect(readFileSync(keptAs!)).toEqual(harmed);
    else expect(keptAs).toBeNull();
  },
);

it('takes the latest backup of one second for the newest, whatever it was made for', async () => {
  const { backups, close } = await aLibrary();
  const first = await backups.make('update');
  const second = await backups.make('update');
  const third = await backups.make('manual');
  const names = [third, second, first].map((backup) => backup!.name);
  expect(backups.files.list().map(({ name }) => name)).toEqual(names);
  await close();
});

it('passes over a backup that is damaged itself', async () => {
  const { paths, db, backups, clock, addLibrary, close } = await aLibrary();
  addLibrary('Music');
  await backups.make('manual');
  const good = contentOf(db);
  clock.advance(60_000);
  const newest = await backups.make('manual');
  truncateSync(newest!.file, 30_000);
  await expect(backups.restore(newest!.name)).rejects.toMatchObject({ code: 'database_damaged' });
  addLibrary('Lost');
  await close();
  expect(() => restoreNow(paths, newest!.name)).toThrow(/Nothing was changed/);
  restoreNow(paths, 'latest');
  expect((await reopened(paths)).content).toEqual(good);
});

it('restores at the next start what was asked for while it ran, and keeps what it had', async () => {
  const { paths, db, backups, addLibrary, close } = await aLibrary();
  addLibrary('Music');
  const { name } = (await backups.make('manual'))!;
  const good = contentOf(db);
  addLibrary('Later');
  const later = contentOf(db);
  expect(await backups.restore(name)).toEqual({ isRestarting: false });
  await close();
  expect((await reopened(paths)).content).toEqual(good);
  const aside = readdirSync(paths.data).find((file) => file.startsWith('tonearm.db.replaced-'))!;
  const replaced = openDatabase(join(paths.data, aside));
  expect(contentOf(replaced)).toEqual(later);
  replaced.close();
  expect((await reopened(paths)).content).toEqual(good);
});

it('begins anew only when told to, and goes on from a restoring that was cut off anywhere', async () => {
  const { paths, db, backups, addLibrary, close } = await aLibrary();
  addLibrary('Music');
  await backups.make('manual');
  const good = contentOf(db);
  await backups.restore(backups.files.list()[0].name);
  await close();
  // Cut off after the present database went aside, before the other took its place.
  copyFileSync(paths.database, `${paths.database}.damaged-some-time`);
  rmSync(paths.database);
  writeFileSync(`${paths.database}.restoring`, 'half a copy');
  expect((await reopened(paths)).content).toEqual(good);
  restoreNow(paths, null);
  expect((await reopened(paths)).content.library).toEqual([]);
});

it('tells when the log of a crash is gone, and is silent when it is there', async () => {
  const { paths, db, addLibrary } = await aLibrary();
  addLibrary('Music');
  const crashed = join(folder.path, `crashed ${libraries}`);
  const copies = ['', '-wal', '.open'];
  const at = (end: string) => `${crashed}${end}`;
  for (const end of copies) copyFileSync(paths.database + end, at(end));
  db.close();
  const places = { ...paths, database: crashed };
  expect(await reopened(places)).toMatchObject({ warning: undefined, content: { library: [expect.anything()] } });
  writeFileSync(at('.open'), '');
  expect((await reopened(places)).warning).toMatch(/what was written last may be missing/);
  expect((await reopened(places)).warning).toBeUndefined();
});
