import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, expect } from 'vitest';
import { anAnalysis } from '../../../../test/support/analysis';
import { requires } from '../../../../test/support/requirements';
import { putTone } from '../../../../test/support/small-music';
import { AppError } from '../../../rpc/errors';
import { aTaggedLibrary } from './tag-job.fixture';

const { it } = requires('ffmpeg');

const cleanUps: (() => void)[] = [];
afterEach(() => {
  for (const each of cleanUps.splice(0)) each();
});
async function aLibrary(...parameters: Parameters<typeof aTaggedLibrary>) {
  const library = await aTaggedLibrary(...parameters);
  cleanUps.push(library.folder.remove);
  return library;
}

it('analyzes a file that no scan has seen, stores the analysis and writes the tags', async () => {
  const { run, track, tagsInFile, analyses, calls, db } = await aLibrary();
  expect(await run()).toEqual({ outcome: 'tagged', audioMs: 26_840, trackId: track().id });
  expect(await tagsInFile()).toMatchObject({
    happy: ['0.7200'],
    'mood-loose': ['happy'],
    bpm: ['120'],
    key: ['C#m'],
    loudness: ['-14.00'],
    tonearm: ['v1; calibration none'],
  });
  expect(track()).toMatchObject({ title: 'A song', bpm: 120, key: 'C#m', taggedWith: 'v1; calibration none' });
  expect(track().payloadHash).toMatch(/^[0-9a-f]{64}$/);
  expect(analyses.findLatest(track().id)?.version).toBe('v1');
  expect(db.prepare('SELECT mood, tier FROM track_mood').all()).toEqual([{ mood: 'happy', tier: 1 }]);
  expect(calls[0].options).toMatchObject({ preset: 'precise', descriptors: true, minDurationS: 7 });
});

it('does nothing the second time: no analysis, no writing', async () => {
  const { run, song, calls } = await aLibrary();
  await run();
  const before = readFileSync(song);
  expect(await run()).toMatchObject({ outcome: 'skipped', reason: 'up_to_date' });
  expect(calls).toHaveLength(1);
  expect(readFileSync(song)).toEqual(before);
});

it('analyzes again when it is forced to, and writes nothing when that comes to the same', async () => {
  const { run, calls } = await aLibrary();
  await run();
  expect(await run({ force: true })).toMatchObject({ outcome: 'unchanged' });
  expect(calls).toHaveLength(2);
});

it('need not analyze a file again whose tags somebody else has changed', async () => {
  const { run, song, calls, tagsInFile } = await aLibrary();
  const untagged = readFileSync(song);
  await run();
  writeFileSync(song, untagged);
  utimesSync(song, new Date(), new Date('2001-01-01'));
  expect(await run()).toMatchObject({ outcome: 'tagged' });
  expect(calls).toHaveLength(1);
  expect((await tagsInFile()).happy).toEqual(['0.7200']);
});

it('analyzes a file again when its audio is another', async () => {
  const { run, song, calls } = await aLibrary();
  await run();
  putTone(song, 880);
  expect(await run()).toMatchObject({ outcome: 'tagged' });
  expect(calls).toHaveLength(2);
});

it('goes on where it was killed: what was analyzed is not analyzed again', async () => {
  const { run, calls, writer, track } = await aLibrary();
  const write = writer.write;
  writer.write = async () => {
    throw new AppError('internal', 'killed here');
  };
  await expect(run()).rejects.toThrow('killed here');
  expect(track().analyzedAt).not.toBeNull();
  writer.write = write;
  expect(await run()).toMatchObject({ outcome: 'tagged' });
  expect(calls).toHaveLength(1);
});

it('analyzes but does not write what is protected, hard-linked, or not to be written', async () => {
  const { run, song, track, tracks, tagsInFile, folder } = await aLibrary();
  expect(await run({ writeTags: false })).toMatchObject({ outcome: 'analyzed' });
  tracks.setNeverTouch(track().id, true);
  expect(await run()).toMatchObject({ outcome: 'skipped', reason: 'never_touch' });
  tracks.setNeverTouch(track().id, false);
  linkSync(song, join(folder.path, 'twin.mp3'));
  expect(await run()).toMatchObject({ outcome: 'skipped', reason: 'hard_linked' });
  expect(await tagsInFile()).toEqual({});
});

it('analyzes in a library that is only to be looked at and writes nothing there, nor takes anything out', async () => {
  const { run, libraries, library, track, tagsInFile, writeAnalyzed } = await aLibrary();
  libraries.update(library.id, { writeMode: 'none' });
  expect(await run()).toMatchObject({ outcome: 'analyzed' });
  expect(await tagsInFile()).toEqual({});
  libraries.update(library.id, { writeMode: 'full' });
  await run();
  const written = await tagsInFile();
  expect(written).not.toEqual({});
  libraries.update(library.id, { writeMode: 'none' });
  expect(await run()).toMatchObject({ outcome: 'skipped', reason: 'up_to_date' });
  expect(await run({ force: true })).toMatchObject({ outcome: 'analyzed' });
  expect(await writeAnalyzed(track(), { isAutomatic: true })).toMatchObject({ done: 'left', reason: 'look_only' });
  expect(await tagsInFile()).toEqual(written);
});

it('skips what is too short, and lets every other failure be told', async () => {
  const failing = (code: 'too_short' | 'unreadable_audio') =>
    aLibrary(async () => {
      throw new AppError(code, 'It is so.');
    });
  expect(await (await failing('too_short')).run()).toMatchObject({ outcome: 'skipped', reason: 'too_short' });
  await expect((await failing('unreadable_audio')).run()).rejects.toMatchObject({ code: 'unreadable_audio' });
  const { run, song } = await aLibrary();
  rmSync(song);
  await expect(run()).rejects.toMatchObject({ code: 'not_found' });
});

it('stores nothing of a file that changed while it was analyzed', async () => {
  const { run, song, track } = await aLibrary(async ({ file }) => {
    utimesSync(file, new Date(), new Date('2001-01-01'));
    return anAnalysis();
  });
  await expect(run()).rejects.toMatchObject({ code: 'file_changed' });
  expect(track().analyzedAt).toBeNull();
  expect(statSync(song).size).toBeGreaterThan(0);
});

it('follows a track that was moved since it was queued', async () => {
  const { run, song, track, tracks, folder, library } = await aLibrary();
  await run({ writeTags: false });
  const { id, sizeBytes, mtimeMs } = track();
  const moved = join(folder.path, 'moved.mp3');
  renameSync(song, moved);
  tracks.place(id, { libraryId: library.id, path: 'moved.mp3', pathBytes: null, sizeBytes, mtimeMs, inode: '1' });
  expect(await run({ trackId: id })).toMatchObject({ outcome: 'tagged', trackId: id });
});

it('puts a file back byte for byte, and its analysis still holds', async () => {
  const { run, song, handlers, track, tagsInFile, calls, undoable } = await aLibrary();
  const original = readFileSync(song);
  await run();
  expect(undoable([1, 2])).toEqual(new Set([1]));
  expect(await handlers.undoJob({ job_id: 1 }, { transport: 'window' })).toEqual({ undone: 1, refused: [] });
  expect(readFileSync(song)).toEqual(original);
  expect(track()).toMatchObject({ taggedAt: null, taggedWith: null, sizeBytes: original.length });
  expect(undoable([1, 2])).toEqual(new Set());
  expect(await run()).toMatchObject({ outcome: 'tagged' });
  expect(calls).toHaveLength(1);
  expect(Object.keys(await tagsInFile())).toContain('happy');
});

it('gives back the tags of the write before when the last of two is undone', async () => {
  const { run, settings, handlers, song, track, tagsInFile } = await aLibrary();
  await run();
  settings.update({ write_alias_keys: true });
  await run();
  expect((await tagsInFile()).mood_happy).toEqual(['0.7200']);
  expect(await handlers.undoFile({ path: song }, { transport: 'window' })).toEqual({ undone: 1, refused: [] });
  expect((await tagsInFile()).mood_happy).toBeUndefined();
  expect(track().taggedAt).not.toBeNull();
  expect(await handlers.undoFile({ path: song }, { transport: 'window' })).toEqual({ undone: 1, refused: [] });
  expect(track().taggedAt).toBeNull();
});

it('does not put back a file that somebody changed since, and says so', async () => {
  const { run, song, handlers } = await aLibrary();
  await run();
  putTone(song, 330);
  const { undone, refused } = await handlers.undoBatch({ batch_id: 1 }, { transport: 'window' });
  expect(undone).toBe(0);
  expect(refused).toMatchObject([{ path: song, code: 'file_changed' }]);
});

it('shows our tags in a file, numbers as numbers and lists as lists', async () => {
  const { run, song, handlers } = await aLibrary();
  await run();
  const shown = await handlers.show({ path: song }, { transport: 'http' });
  expect(shown).toMatchObject({ path: song, namespace: 'nom' });
  expect(shown.tags).toMatchObject({ 'nom:happy': 0.72, 'nom:mood-loose': 'happy', 'nom:key': 'C#m' });
  expect(shown.count).toBe(Object.keys(shown.tags).length);
});

it('writes the tags of a track that was analyzed before, and refuses one that was not', async () => {
  const { run, handlers, track, tagsInFile } = await aLibrary();
  await run({ writeTags: false });
  const { id } = track();
  expect(await handlers.write({ id }, { transport: 'window' })).toMatchObject({ written: true });
  expect(await tagsInFile()).toMatchObject({ happy: ['0.7200'] });
  expect(await handlers.write({ id }, { transport: 'window' })).toEqual({ written: false, changes: 0 });
});

it('describes a track: its analysis, what is in the file, what would be written, what was', async () => {
  const { run, describeTrack, track, settings } = await aLibrary();
  await run({ writeTags: false });
  const analyzed = await describeTrack.describeAnalysis(track());
  expect(analyzed).toMatchObject({ version: 'v1', isStale: false, descriptors: { bpm: 120 } });
  expect(analyzed?.scores[0]).toMatchObject({ head: 'mood_happy', label: 'happy', position: 0, tier: 'loose' });
  expect(analyzed?.moods, 'in the words of the tags').toEqual([{ term: 'happy', tier: 'loose' }]);
  const before = await describeTrack.describeFile(track());
  expect(before).toMatchObject({ inFile: {}, fileMessage: null, history: [] });
  expect(before.proposed).toContainEqual({ field: 'nom:happy', old: [], new: ['0.7200'] });
  await run();
  settings.update({ preset: 'balanced' });
  const after = await describeTrack.describeFile(track());
  expect(after.proposed).toEqual([]);
  expect(after.inFile).toMatchObject({ 'nom:happy': ['0.7200'] });
  expect(after.history).toMatchObject([{ state: 'written' }]);
});

it('shows a track as analyzed again whose file was another one for a while', async () => {
  const { run, song, calls, track, libraries, library } = await aLibrary();
  const analyzed = readFileSync(song);
  const since = new Date('2001-01-01');
  utimesSync(song, since, since);
  await run({ writeTags: false });
  const { analyzedAt, bpm, key } = track();
  putTone(song, 880);
  await (await libraries.scan(library.id)).ended;
  expect(track().analyzedAt).toBeNull();
  writeFileSync(song, analyzed);
  utimesSync(song, since, since);
  await (await libraries.scan(library.id)).ended;
  expect(await run({ writeTags: false })).toMatchObject({ reason: 'up_to_date' });
  expect(calls).toHaveLength(1);
  expect(track()).toMatchObject({ bpm, key, analysisVersion: 'v1', analyzedAt: expect.stringMatching(/^20/) });
  expect(analyzedAt).not.toBeNull();
});

it('keeps nothing of a file that is replaced at the very end of its hearing', async () => {
  const { run, song, calls, track } = await aLibrary();
  const context = { progress: (_: number, phase: string) => void (phase === 'saving' && putTone(song, 880)) };
  await expect(run({}, context)).rejects.toMatchObject({ code: 'file_changed' });
  expect(track().payloadHash).toBeNull();
  expect(await run()).toMatchObject({ outcome: 'tagged' });
  expect(calls).toHaveLength(2);
});

it('reads another file anew that came to the place of one that was gone', async () => {
  const { run, song, calls, track, libraries, library } = await aLibrary();
  await run({ writeTags: false });
  const { id } = track();
  rmSync(song);
  putTone(join(dirname(song), 'other.mp3'), 330, { title: 'Stays' });
  await (await libraries.scan(library.id)).ended;
  expect(track().missingSince).not.toBeNull();
  putTone(song, 880, { title: 'Another song', artist: 'Somebody else' });
  expect(await run()).toMatchObject({ outcome: 'tagged', trackId: id });
  expect(track()).toMatchObject({ id, missingSince: null, title: 'Another song', artist: 'Somebody else' });
  expect(calls).toHaveLength(2);
});

it('settles the files of an undo of which one is gone as soon as it was put back', async () => {
  const reported: unknown[] = [];
  let isGoing = false;
  const leave = (path: string) => isGoing && path.endsWith('other.mp3') && rmSync(path);
  const { run, song, tracks, track, handlers } = await aLibrary(undefined, (thrown) => reported.push(thrown), leave);
  const other = join(dirname(song), 'other.mp3');
  putTone(other, 330);
  await run({ id: 1 });
  await run({ id: 1, path: other });
  isGoing = true;
  expect(await handlers.undoJob({ job_id: 1 }, { transport: 'window' })).toMatchObject({ undone: 2, refused: [] });
  expect(tracks.get(track().id).taggedAt).toBeNull();
  expect(reported).toMatchObject([{ code: 'not_found' }]);
});
