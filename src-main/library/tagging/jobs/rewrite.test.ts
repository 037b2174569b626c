import { afterEach, expect } from 'vitest';
import { requires } from '../../../../test/support/requirements';
import { readTags } from '../../../files/tag-formats';
import { aTaggedLibrary } from './tag-job.fixture';

const { it } = requires('ffmpeg');

const cleanUps: (() => void)[] = [];
afterEach(() => {
  for (const each of cleanUps.splice(0)) each();
});
async function aLibrary() {
  const library = await aTaggedLibrary();
  cleanUps.push(library.folder.remove);
  const context = { signal: new AbortController().signal, progress: () => {} };
  const write = () => library.writeJob(library.aJob({ id: 9, kind: 'write', trackId: library.track().id }), context);
  const stale = async () => (await library.handlers.stale({}, { transport: 'window' })).files;
  return { ...library, write, stale };
}

it('finds the files whose tags would be others now, and writes them without analysis', async () => {
  const { run, settings, stale, write, handlers, toWrite, tagsInFile, calls, song, track } = await aLibrary();
  await run();
  expect(await stale()).toBe(0);
  settings.update({ write_alias_keys: true });
  expect(await stale()).toBe(1);
  expect(await handlers.rewrite({ all: false }, { transport: 'http' })).toMatchObject({ queued: 1 });
  expect(toWrite).toMatchObject([
    { kind: 'write', source: { name: 'api' }, targets: [{ path: song, trackId: track().id }] },
  ]);
  expect(await write()).toMatchObject({ outcome: 'tagged' });
  expect(await tagsInFile()).toMatchObject({ mood_happy: ['0.7200'] });
  expect(await stale()).toBe(0);
  expect(await write()).toMatchObject({ outcome: 'unchanged' });
  expect(calls).toHaveLength(1);
});

it('finds files after the write mode of their library has changed, or after their moods have', async () => {
  const { run, stale, write, libraries, library, db, tagsInFile } = await aLibrary();
  await run();
  await libraries.update(library.id, { writeMode: 'minimal' });
  expect(await stale()).toBe(1);
  await write();
  expect([await stale(), Object.keys(await tagsInFile())]).toEqual([0, ['mood-loose']]);
  db.prepare("UPDATE mood_state SET moods = 'sad:1'").run();
  expect(await stale()).toBe(1);
  await libraries.update(library.id, { writeMode: 'none' });
  await write();
  expect([await stale(), await tagsInFile()]).toEqual([0, {}]);
});

it('does not take a file for old that was never written, or whose tags were taken back', async () => {
  const { run, stale, handlers } = await aLibrary();
  await run({ writeTags: false });
  expect(await stale()).toBe(0);
  await run({ id: 1, force: true });
  await handlers.undoJob({ job_id: 1 }, { transport: 'window' });
  expect(await stale()).toBe(0);
});

it('tells files whose tags have other names, and gives them those of now', async () => {
  const { run, settings, write, handlers, song } = await aLibrary();
  const reported = () => handlers.stale({}, { transport: 'window' });
  await run();
  expect(await reported()).toMatchObject({ files: 0, otherNames: 0 });
  settings.update({ tag_separator: 'underscore' });
  expect(await reported()).toMatchObject({ files: 1, otherNames: 1 });
  await write();
  expect(await reported()).toMatchObject({ files: 0, otherNames: 0 });
  const names = Object.keys(await readTags(song, 'nom', 'name'));
  expect(names).toContain('nom_happy');
  expect(names.filter((name) => !name.startsWith('nom_'))).toEqual([]);
  settings.update({ write_alias_keys: true });
  expect(await reported()).toMatchObject({ files: 1, otherNames: 0 });
});
