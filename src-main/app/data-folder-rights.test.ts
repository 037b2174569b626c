import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import { requires } from '../../test/support/requirements';
import { temporaryFolder } from '../../test/support/small-music';
import { openDatabase } from '../platform/database';
import { closeDataFolder } from '../platform/paths';
import { findPaths } from '../platform/paths/paths';
import { createNodeHost } from '../platform/worker-process';
import { type App, createApp } from './app';
import { workerPrograms } from './worker-programs';

const { it } = requires('posix');

let folder: ReturnType<typeof temporaryFolder>;
let data: string;
let app: App | undefined;
const umask = process.umask(0o022);
beforeEach(() => {
  process.umask(0o022);
  folder = temporaryFolder('rights');
  data = join(folder.path, 'data');
});
afterEach(async () => {
  await app?.stop();
  app = undefined;
  process.umask(umask);
  folder.remove();
});

const modeOf = (path: string) => statSync(path).mode & 0o777;

/** What of a folder others have any right to, as names with modes. */
function openIn(path: string): string[] {
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => (modeOf(join(path, name)) & 0o077) !== 0)
    .map((name) => `${name} ${modeOf(join(path, name)).toString(8)}`);
}

async function start() {
  const paths = findPaths({ data, models: [] });
  app = await createApp(paths, { workers: createNodeHost(workerPrograms(paths)) });
  await app.start();
  app.watch();
  const call = async (name: string, input: unknown = {}) =>
    app!.routes.find((route) => route.name === name)!.call(input, { transport: 'cli' });
  await call('backups.create');
  const health = (await call('health.health')) as { value: { status: string; errors: string[] } };
  return { health: health.value, call };
}

it('keeps all that it makes in a data folder for its owner, though the folder was there and open to all', async () => {
  mkdirSync(data, { mode: 0o755 });
  const { health } = await start();
  const made = readdirSync(data, { recursive: true, encoding: 'utf8' });
  for (const name of ['tonearm.db', 'tonearm.db-wal', 'lock.db', 'logs/tonearm.1.log']) expect(made).toContain(name);
  expect(made.some((name) => /^backups\/.*\.db$/.test(name))).toBe(true);
  expect(openIn(data)).toEqual([]);
  expect(modeOf(data)).toBe(0o700);
  expect(health.errors.filter((each) => each.includes('Other users'))).toEqual([]);
});

it('closes what others could read in a folder from before, and says so in log and health', async () => {
  mkdirSync(join(data, 'logs'), { recursive: true, mode: 0o755 });
  mkdirSync(join(data, 'backups'), { mode: 0o755 });
  openDatabase(join(data, 'tonearm.db')).close();
  for (const name of ['logs/tonearm.1.log', 'backups/2026-01-01T00-00-00Z-manual.db', 'schedule.json', 'lock.db'])
    writeFileSync(join(data, name), '');
  for (const name of readdirSync(data, { recursive: true, encoding: 'utf8' }))
    chmodSync(join(data, name), statSync(join(data, name)).isDirectory() ? 0o755 : 0o644);
  const { health } = await start();
  expect(openIn(data)).toEqual([]);
  expect(modeOf(data)).toBe(0o700);
  const warning = expect.stringMatching(/^Other users of this machine could read 5 files .* change the password/);
  expect(health).toMatchObject({ status: 'degraded', errors: expect.arrayContaining([warning]) });
  await app!.stop();
  app = undefined;
  const logged = readdirSync(join(data, 'logs'))
    .map((name) => readFileSync(join(data, 'logs', name), 'utf8'))
    .join('');
  expect(logged).toContain('Other users of this machine could read');
  // Once is enough: nobody can any more.
  expect((await start()).health.errors.filter((each) => each.includes('Other users'))).toEqual([]);
});

it('leaves a folder that holds more than ours as open as it is, and what is not ours in it', () => {
  mkdirSync(join(data, 'music'), { recursive: true, mode: 0o755 });
  for (const name of ['tonearm.db', 'music/a.flac', 'mine.m3u8']) writeFileSync(join(data, name), '', { mode: 0o644 });
  expect(closeDataFolder(data)).toContain('could read tonearm.db in');
  expect(
    [data, 'tonearm.db', 'music', 'music/a.flac', 'mine.m3u8'].map((name) =>
      modeOf(join(name === data ? '' : data, name)),
    ),
  ).toEqual([0o755, 0o600, 0o755, 0o644, 0o644]);
});

it('follows no link out of the folder, and takes no rights from a file that has a second name elsewhere', () => {
  mkdirSync(data, { mode: 0o755 });
  const [other, second] = ['other', 'second'].map((name) => join(folder.path, name));
  for (const file of [other, second]) writeFileSync(file, '', { mode: 0o644 });
  symlinkSync(other, join(data, 'tonearm.db'));
  linkSync(second, join(data, 'lock.db'));
  expect(closeDataFolder(data)).toContain('can read lock.db in');
  expect([other, second].map(modeOf)).toEqual([0o644, 0o644]);
  expect(existsSync(other)).toBe(true);
});

it('tells of a folder in which everyone may write, where it holds more than ours', () => {
  mkdirSync(data);
  writeFileSync(join(data, 'mine.txt'), '');
  chmodSync(data, 0o777);
  expect(closeDataFolder(data)).toMatch(/Everyone on this machine may write in the data folder .* \(chmod o-w\)/);
});
