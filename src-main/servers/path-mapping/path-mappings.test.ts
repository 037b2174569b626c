import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { insertRow } from '../../../test/support/insert-row';
import type { Library } from '../../library/libraries/contract';
import { openDatabase } from '../../platform/database';
import { insideOf } from '../../platform/paths/inside-of';
import { createPathMappings } from './path-mappings';

const homes: string[] = [];
afterEach(() => {
  for (const home of homes.splice(0)) rmSync(home, { recursive: true });
});

function setUp() {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'tonearm-mapping-')));
  homes.push(home);
  for (const folder of ['music/Artist/Album', 'off', 'private']) mkdirSync(join(home, folder), { recursive: true });
  writeFileSync(join(home, 'music/Artist/Album/a.flac'), '');
  writeFileSync(join(home, 'private/secret.flac'), '');
  symlinkSync(join(home, 'private'), join(home, 'music/out'));
  const library = (id: number, name: string, is_enabled: boolean) =>
    ({ id, root_path: join(home, name), is_enabled }) as Library;
  const libraries = [library(1, 'music', true), library(2, 'off', false)];
  const db = openDatabase(':memory:');
  insertRow(db, 'connection', { id: 1, kind: 'lidarr', name: 'Lidarr' });
  const reported: unknown[] = [];
  const known = new Set<string>();
  const mappings = createPathMappings({
    db,
    events: { emit: (name, payload) => reported.push([name, payload]) },
    async libraryOf(path) {
      const real = path.startsWith(join(home, 'music/out')) ? path.replace('music/out', 'private') : path;
      const found = libraries.find(({ root_path }) => insideOf(root_path, real) !== null);
      return found && { library: found, path: insideOf(found.root_path, real)! };
    },
    isKnown: (_, path) => known.has(path),
    clock: () => new Date('2026-01-01T00:00:00Z'),
  });
  const add = (remotePrefix: string, localPrefix: string, priority = 0) =>
    mappings.add({ connectionId: 1, remotePrefix, localPrefix, priority, source: 'manual', samplesOk: 0 });
  return { home, mappings, add, reported, known };
}

it('leads to the file by a rule, notes that the rule holds, and tells when rules change', async () => {
  const { home, mappings, add, reported } = setUp();
  add('/data//music/', join(home, 'music'));
  expect(reported).toEqual([['mappings.changed', { connectionId: 1 }]]);
  expect(await mappings.find(1, '/data/music/Artist/Album/a.flac')).toEqual({
    kind: 'mapped',
    path: join(home, 'music/Artist/Album/a.flac'),
    libraryId: 1,
    inside: 'Artist/Album/a.flac',
    exists: true,
  });
  expect(mappings.list(1)).toMatchObject([
    { remotePrefix: '/data/music', samplesOk: 1, verifiedAt: '2026-01-01T00:00:00.000Z' },
  ]);
  expect(mappings.toRemote(1, join(home, 'music/Artist/x.flac'))).toBe('/data/music/Artist/x.flac');
});

it('takes the place that holds the file when a folder of the server lies on several disks', async () => {
  const { home, mappings, add } = setUp();
  add('/data', join(home, 'music/Other'), 5);
  add('/data', join(home, 'music'), 1);
  expect(await mappings.find(1, '/data/Artist/Album/a.flac')).toMatchObject({
    exists: true,
    inside: 'Artist/Album/a.flac',
  });
  expect(await mappings.find(1, '/data/b.flac')).toMatchObject({ exists: false, inside: 'Other/b.flac' });
});

it('says where a file of ours was that is gone', async () => {
  const { home, mappings, add, known } = setUp();
  add('/data', join(home, 'music'));
  known.add('Artist/gone.flac');
  expect(await mappings.find(1, '/data/Artist/gone.flac')).toMatchObject({ exists: false, inside: 'Artist/gone.flac' });
  expect(await mappings.find(1, join(home, 'music/Artist/gone.flac'))).toMatchObject({ inside: 'Artist/gone.flac' });
});

it('takes the same path where no rule is about it, when something is there', async () => {
  const { home, mappings } = setUp();
  expect(await mappings.find(1, join(home, 'music/Artist/Album/a.flac'))).toMatchObject({ exists: true });
  expect(await mappings.find(1, join(home, 'music/Artist/Album/b.flac'))).toMatchObject({ kind: 'unmapped' });
});

it('leads nowhere outside the libraries in use, whatever the rules and links say', async () => {
  const { home, mappings, add } = setUp();
  expect(await mappings.find(1, '/data/music/Artist/Album/a.flac', '/data/music')).toEqual({
    kind: 'unmapped',
    prefix: '/data/music',
    message: 'Nothing says where /data/music lies on this machine.',
  });
  expect(await mappings.find(1, '/data/music/Artist/Album/a.flac')).toMatchObject({ prefix: '/data/music' });
  add('/data/music', join(home, 'private'));
  expect(await mappings.find(1, '/data/music/secret.flac')).toMatchObject({ kind: 'unmapped' });
  add('/linked', join(home, 'music/out'));
  expect(await mappings.find(1, '/linked/secret.flac')).toMatchObject({ kind: 'unmapped' });
  add('/off', join(home, 'off'));
  expect(await mappings.find(1, '/off/a.flac')).toMatchObject({
    kind: 'unmapped',
    message: `/off is mapped to ${join(home, 'off')}, but ${join(home, 'off/a.flac')} is in no library that is in use.`,
  });
  await expect(mappings.find(1, '/data/../etc/passwd')).rejects.toThrow('leads upwards');
});

it('changes and forgets rules, and refuses those that say nothing or are there', () => {
  const { home, mappings, add } = setUp();
  const { id } = add('/data', join(home, 'music'));
  expect(() => add('/data/', `${home}/music/`)).toThrow('is mapped to');
  expect(() => add('data', home)).toThrow('is not an absolute path');
  expect(() => add('/data', 'music')).toThrow('is not an absolute path of this machine');
  expect(mappings.update(id, { remotePrefix: 'D:/Data', priority: 2 })).toMatchObject({
    remotePrefix: 'D:\\Data',
    remoteStyle: 'windows',
    priority: 2,
    localPrefix: join(home, 'music'),
  });
  mappings.remove(id);
  expect(mappings.list(1)).toEqual([]);
  expect(() => mappings.remove(id)).toThrow('There is no path mapping');
});
