import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createPlaylistFiles } from '../discovery/playlists/files';
import type { IntendedWrite, WriteRefusal } from '../files/safe-files';
import { aTaggedLibrary } from '../library/tagging/jobs/tag-job.fixture';

const caller = { transport: 'window' } as const;
const REFUSAL: WriteRefusal = { code: 'conflict', message: 'Another program manages this folder.' };

/** A library with a song and a playlist file in it, and a guard that lets pass what `isRefusing` does. */
async function aGuardedLibrary() {
  const library = await aTaggedLibrary();
  onTestFinished(library.folder.remove);
  const { db, safeFiles, folder } = library;
  const lists = createPlaylistFiles({ db, safeFiles, folders: () => [folder.path], now: () => new Date(0) });
  safeFiles.register(lists.kind);
  const asked: IntendedWrite[] = [];
  let isRefusing = false;
  safeFiles.addGuard(async (write) => {
    asked.push(write);
    return isRefusing ? REFUSAL : null;
  });
  const owner = { templateId: 'happy' };
  const write = (text: string) => lists.write({ folder: join(folder.path, 'lists'), name: 'Happy.nsp' }, text, owner);
  return {
    ...{ ...library, lists, asked, write },
    refuse(): void {
      isRefusing = true;
      asked.length = 0;
    },
  };
}

it('asks before every change which file it is, of which kind, and what becomes of it', async () => {
  const { run, handlers, write, asked, song, folder, library } = await aGuardedLibrary();
  const libraryId = library.id;
  await run();
  await handlers.remove({ path: song, only: 'all' }, caller);
  await handlers.undoFile({ path: song }, caller);
  const list = await write('{}');
  await write('{"all":[]}');
  await handlers.undoJob({ job_id: 1 }, caller);
  const audio = { path: song, kind: 'audio', action: 'replace', libraryId };
  const playlist = { path: join(folder.path, 'lists', 'Happy.nsp'), kind: 'playlist', libraryId };
  expect(list).toBe(playlist.path);
  expect(asked).toEqual([
    ...[audio, audio, audio],
    ...[
      { ...playlist, action: 'create' },
      { ...playlist, action: 'replace' },
    ],
    audio,
  ]);
});

it('stops a removal of tags, and an undo of a file, a job and a batch', async () => {
  const { run, handlers, refuse, song, asked } = await aGuardedLibrary();
  await run();
  const before = readFileSync(song);
  refuse();
  await expect(handlers.remove({ path: song, only: 'all' }, caller)).rejects.toMatchObject(REFUSAL);
  const refused = [{ path: song, ...REFUSAL }];
  expect(await handlers.undoFile({ path: song }, caller)).toEqual({ undone: 0, refused });
  expect(await handlers.undoJob({ job_id: 1 }, caller)).toEqual({ undone: 0, refused });
  expect(await handlers.undoBatch({ batch_id: 1 }, caller)).toEqual({ undone: 0, refused });
  expect(readFileSync(song)).toEqual(before);
  expect(asked).toHaveLength(4);
});

it('stops the first write of tags, whose job says why', async () => {
  const { run, refuse, song } = await aGuardedLibrary();
  const before = readFileSync(song);
  refuse();
  await expect(run()).rejects.toMatchObject(REFUSAL);
  expect(readFileSync(song)).toEqual(before);
});

it('stops a playlist file from being made, replaced, removed and undone', async () => {
  const { write, lists, refuse, folder, safeFiles, db } = await aGuardedLibrary();
  const inFolder = () => readdirSync(join(folder.path, 'lists'));
  mkdirSync(join(folder.path, 'lists'));
  db.exec("INSERT INTO playlist (id, name, kind, created_at, updated_at) VALUES (1, 'Happy', 'static', '', '')");
  const path = await write('{}');
  await lists.write({ folder: join(folder.path, 'lists'), name: 'Own.nsp' }, '{}', { playlistId: 1 });
  refuse();
  await expect(write('{"all":[]}')).rejects.toMatchObject(REFUSAL);
  await expect(
    lists.write({ folder: join(folder.path, 'lists'), name: 'New.nsp' }, '{}', { playlistId: 1 }),
  ).rejects.toMatchObject(REFUSAL);
  await expect(safeFiles.undoFile(path)).rejects.toMatchObject(REFUSAL);
  expect(await lists.removeOf(1)).toEqual([join(folder.path, 'lists', 'Own.nsp')]);
  expect(inFolder()).toEqual(['Happy.nsp', 'Own.nsp']);
  expect(readFileSync(path, 'utf8')).toBe('{}');
});
