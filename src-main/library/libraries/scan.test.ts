import {
  appendFileSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect } from 'vitest';
import { requires } from '../../../test/support/requirements';
import { aScheduler } from '../../../test/support/scheduler';
import { putTone, temporaryFolder } from '../../../test/support/small-music';
import { EVENTS, Settings } from '../../app/contract';
import { payloadHash, readMetadata } from '../../files/tag-formats';
import { openDatabase } from '../../platform/database';
import { createEventBus } from '../../platform/events';
import { createTrackRepository } from '../tracks';
import { createLibraries, type ScanChoices } from './libraries';
import { type ListFolder, listFolder } from './scan/entries';

const { it } = requires('ffmpeg');

const cleanUps: (() => void)[] = [];
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});

/** An application's library part over a folder of its own, with a record of what it told. */
function aMusicFolder(options: { autoTag?: boolean; listFolder?: ListFolder } = {}) {
  const folder = temporaryFolder('scan');
  cleanUps.push(folder.remove);
  const db = openDatabase(':memory:');
  const events = createEventBus(EVENTS);
  const tracks = createTrackRepository(db);
  const asked: number[][] = [];
  const moves: [from: string, to: string][] = [];
  const libraries = createLibraries({
    db,
    tracks,
    events,
    settings: { current: Settings.parse({ library_auto_tag: options.autoTag ?? false }) },
    scheduler: aScheduler(),
    readMetadata,
    payloadHash,
    enqueueTracks: (ids) => {
      asked.push([...ids]);
      return { queued: ids.length, jobIds: ids.map((id) => id + 1000) };
    },
    knownFailures: () => new Map(),
    moved: (from, to) => void moves.push([from, to]),
    report: (thrown) => {
      throw thrown;
    },
    ...(options.listFolder && { listFolder: options.listFolder }),
  });
  const at = (path: string) => join(folder.path, path);
  const scan = async (id: number, choices?: ScanChoices) => (await libraries.scan(id, choices)).ended;
  return { root: folder.path, at, db, events, tracks, libraries, asked, moves, scan };
}

function stateOf(path: string): { sizeBytes: number; mtimeMs: number } {
  const { size, mtimeMs } = statSync(path);
  return { sizeBytes: size, mtimeMs };
}

function tones(at: (path: string) => string, count: number, folder = 'many'): void {
  for (let index = 0; index < count; index++) {
    putTone(at(`${folder}/${index}.mp3`), 440);
    appendFileSync(at(`${folder}/${index}.mp3`), Buffer.alloc(index));
  }
}

it('finds audio files of every kind with their tags, and passes over what is hidden, ignored or no audio', async () => {
  const { root, at, libraries, tracks, scan } = aMusicFolder();
  putTone(at('Album/01.mp3'), 440, { title: 'One', artist: 'Ann', album: 'Alb', track: '1/2', date: '1999' });
  putTone(at('Album/02.flac'), 441, { title: 'Two', artist: 'Ann', album: 'Alb', genre: 'Folk' });
  putTone(at('03.m4a'), 442, { title: 'Three' });
  putTone(at('04.OGG'), 443, { title: 'Four' });
  putTone(at('05.opus'), 443, { title: 'Five' });
  putTone(at('06.wav'), 444);
  putTone(at('.hidden/x.mp3'), 440);
  putTone(at('Album/.tonearm-1.mp3'), 440);
  putTone(at('Stems/x.mp3'), 440);
  putTone(at('Album/demo 1.mp3'), 440);
  writeFileSync(at('Album/cover.jpg'), 'no music');
  const { id } = await libraries.add(root, { ignorePatterns: 'Stems/**, demo*' });
  expect(await scan(id)).toMatchObject({
    ...{ outcome: 'done', found: 6, added: 6, errors: 0 },
    passedOver: { hidden: 2, pattern: 2 },
  });
  expect(libraries.get(id).passedOver).toMatch(/2 hidden.*; 2 left out by the patterns/);
  expect(tracks.findByPath(id, 'Album/01.mp3')).toMatchObject({
    ...{ title: 'One', artist: 'Ann', album: 'Alb', year: 1999, trackNumber: 1, container: 'mp3', sampleRate: 44_100 },
    absolutePath: at('Album/01.mp3'),
  });
  expect(tracks.findByPath(id, 'Album/02.flac')).toMatchObject({ title: 'Two', genre: 'Folk', durationMs: 1000 });
  expect(tracks.findByPath(id, '06.wav')).toMatchObject({ title: '06', artist: '' });
  expect(libraries.get(id)).toMatchObject({ state: 'ready', trackCount: 6, missingCount: 0 });
  expect(tracks.countAlbums()).toBe(1);
});

it('reads only what changed, tells a change of tags from one of the audio, and leaves our own writes alone', async () => {
  const { root, at, libraries, tracks, scan } = aMusicFolder();
  for (const name of ['same', 'tags', 'audio', 'ours']) putTone(at(`${name}.flac`), 440, { title: 'before' });
  const { id } = await libraries.add(root);
  await scan(id);
  const idOf = (name: string) => tracks.findByPath(id, `${name}.flac`)!.id;
  for (const name of ['same', 'tags', 'audio', 'ours']) {
    tracks.setPayloadHash(idOf(name), await payloadHash(at(`${name}.flac`)));
    tracks.markAnalyzed(idOf(name), { analyzedAt: '2026-01-01T00:00:00Z', version: 'v', bpm: 90, key: 'C' });
  }
  putTone(at('tags.flac'), 440, { title: 'a longer title than before' });
  putTone(at('audio.flac'), 880, { title: 'another' });
  putTone(at('ours.flac'), 440, { title: 'written by us' });
  tracks.markTagged(idOf('ours'), { at: '2026-01-02T00:00:00Z', provenance: 'p', ...stateOf(at('ours.flac')) });
  expect(await scan(id)).toMatchObject({ added: 0, changed: 2, unchanged: 2 });
  expect(tracks.get(idOf('tags'))).toMatchObject({ title: 'a longer title than before', bpm: 90 });
  expect(tracks.get(idOf('audio'))).toMatchObject({ title: 'another', bpm: null, analyzedAt: null, payloadHash: null });
  expect(tracks.get(idOf('ours'))).toMatchObject({ title: 'before', bpm: 90 });
  expect(await scan(id, { force: true })).toMatchObject({ changed: 4 });
  expect(tracks.get(idOf('ours'))).toMatchObject({ title: 'written by us', bpm: 90 });
});

it('keeps a track whose file is gone, marked, and takes it back with its file', async () => {
  const { root, at, libraries, tracks, scan } = aMusicFolder();
  putTone(at('a.mp3'), 440);
  putTone(at('b.mp3'), 550);
  const { id } = await libraries.add(root);
  await scan(id);
  const track = tracks.findByPath(id, 'a.mp3')!;
  renameSync(at('a.mp3'), `${root}.away`);
  cleanUps.push(() => rmSync(`${root}.away`, { force: true }));
  expect(await scan(id, { markMissing: false })).toMatchObject({ missing: 0 });
  expect(await scan(id)).toMatchObject({ outcome: 'done', missing: 1 });
  expect(tracks.get(track.id).missingSince).not.toBeNull();
  expect(libraries.get(id)).toMatchObject({ trackCount: 1, missingCount: 1 });
  expect(await scan(id)).toMatchObject({ missing: 0, unchanged: 1 });
  renameSync(`${root}.away`, at('a.mp3'));
  expect(await scan(id)).toMatchObject({ added: 0, missing: 0 });
  expect(tracks.get(track.id).missingSince).toBeNull();
});

it('recognises moved files: renamed, copied with their time, or with the same audio under other tags', async () => {
  const { root, at, libraries, tracks, moves, scan } = aMusicFolder();
  putTone(at('renamed.mp3'), 440);
  putTone(at('copied.mp3'), 550);
  putTone(at('retagged.mp3'), 660, { title: 'old' });
  putTone(at('stays.mp3'), 770);
  const { id } = await libraries.add(root);
  await scan(id);
  const idOf = (path: string) => tracks.findByPath(id, path)?.id;
  const [renamed, copied, retagged] = ['renamed.mp3', 'copied.mp3', 'retagged.mp3'].map((path) => idOf(path)!);
  tracks.setPayloadHash(retagged, await payloadHash(at('retagged.mp3')));
  tracks.markAnalyzed(retagged, { analyzedAt: '2026-01-01T00:00:00Z', version: 'v', bpm: 90, key: 'C' });
  mkdirSync(at('sub'));
  renameSync(at('renamed.mp3'), at('sub/another name.mp3'));
  const { mtimeMs } = stateOf(at('copied.mp3'));
  rmSync(at('copied.mp3'));
  putTone(at('sub/copied.mp3'), 550);
  utimesSync(at('sub/copied.mp3'), mtimeMs / 1000, mtimeMs / 1000);
  tracks.markTagged(copied, { at: '', provenance: '', ...stateOf(at('sub/copied.mp3')) });
  rmSync(at('retagged.mp3'));
  putTone(at('sub/new name.mp3'), 660, { title: 'new', artist: 'somebody' });
  putTone(at('sub/really new.mp3'), 880);
  expect(await scan(id)).toMatchObject({ moved: 3, added: 1, missing: 0 });
  expect(idOf('sub/another name.mp3')).toBe(renamed);
  expect(idOf('sub/copied.mp3')).toBe(copied);
  expect(idOf('sub/new name.mp3')).toBe(retagged);
  expect(tracks.get(retagged)).toMatchObject({ title: 'new', bpm: 90, missingSince: null });
  expect(new Map(moves)).toEqual(
    new Map([
      [at('renamed.mp3'), at('sub/another name.mp3')],
      [at('copied.mp3'), at('sub/copied.mp3')],
      [at('retagged.mp3'), at('sub/new name.mp3')],
    ]),
  );
});

it('recognises a file that moved from one library to another, also after it was found missing', async () => {
  const { root, at, libraries, tracks, scan } = aMusicFolder();
  putTone(at('one/a.mp3'), 440);
  putTone(at('one/b.mp3'), 550);
  putTone(at('two/c.mp3'), 660);
  const one = await libraries.add(join(root, 'one'));
  const two = await libraries.add(join(root, 'two'));
  await scan(one.id);
  await scan(two.id);
  const { id } = tracks.findByPath(one.id, 'a.mp3')!;
  renameSync(at('one/a.mp3'), at('two/a.mp3'));
  await scan(one.id);
  expect(await scan(two.id)).toMatchObject({ moved: 1, added: 0 });
  expect(tracks.get(id)).toMatchObject({ libraryId: two.id, path: 'a.mp3', missingSince: null });
  expect([tracks.count(one.id).present, tracks.count(two.id).present]).toEqual([1, 2]);
});

it('takes a change of letter case or of Unicode form in a name for the same track', async () => {
  const { root, at, libraries, tracks, scan } = aMusicFolder();
  putTone(at('Café/song.mp3'.normalize('NFD')), 440);
  putTone(at('x.mp3'), 440);
  const { id } = await libraries.add(root);
  await scan(id);
  const before = tracks.findByPath(id, 'Café/song.mp3'.normalize('NFD'))!;
  rmSync(at('Café'.normalize('NFD')), { recursive: true });
  putTone(at('Café/Song.mp3'.normalize('NFC')), 880);
  expect(await scan(id)).toMatchObject({ moved: 1, added: 0, missing: 0 });
  expect(tracks.get(before.id).path).toBe('Café/Song.mp3'.normalize('NFC'));
});

it('asks before it marks many files missing, and marks them once a person agreed', async () => {
  const { root, at, libraries, tracks, scan } = aMusicFolder();
  tones(at, 40);
  const { id } = await libraries.add(root);
  await scan(id);
  for (let index = 0; index < 5; index++) rmSync(at(`many/${index}.mp3`));
  expect(await scan(id)).toMatchObject({ outcome: 'guarded', missing: 5 });
  expect(libraries.get(id)).toMatchObject({ state: 'guarded', trackCount: 40, missingCount: 0 });
  expect(libraries.get(id).stateMessage).toMatch(/5 of 40 files are not there any more/);
  expect(await scan(id, { acceptMissing: true })).toMatchObject({ outcome: 'done', missing: 5 });
  expect(libraries.get(id)).toMatchObject({ state: 'ready', stateMessage: null, trackCount: 35, missingCount: 5 });
  expect(tracks.count(id).missing).toBe(5);
});

it('calls a library offline when its folder is gone or suddenly empty, and touches none of its tracks', async () => {
  const { root, at, libraries, scan } = aMusicFolder();
  putTone(at('mount/a.mp3'), 440);
  const { id } = await libraries.add(join(root, 'mount'));
  await scan(id);
  renameSync(at('mount'), at('away'));
  expect(await scan(id)).toMatchObject({ outcome: 'offline' });
  mkdirSync(at('mount'));
  expect(await scan(id)).toMatchObject({ outcome: 'offline' });
  expect(libraries.get(id)).toMatchObject({ state: 'offline', trackCount: 1, missingCount: 0 });
  rmSync(at('mount'), { recursive: true });
  renameSync(at('away'), at('mount'));
  expect(await scan(id)).toMatchObject({ outcome: 'done', unchanged: 1 });
  expect(libraries.get(id)).toMatchObject({ state: 'ready', stateMessage: null });
});

it('marks nothing missing when the share drops while it is walked', async () => {
  let isDropped = false;
  const { root, at, libraries, scan } = aMusicFolder({
    listFolder: async (base, folder) => {
      if (isDropped && folder.path === 'b') {
        rmSync(join(base, 'a'), { recursive: true });
        renameSync(base, `${base}.dropped`);
        cleanUps.push(() => rmSync(`${base}.dropped`, { recursive: true, force: true }));
        return [];
      }
      return listFolder(base, folder);
    },
  });
  putTone(at('a/1.mp3'), 440);
  putTone(at('b/2.mp3'), 550);
  const { id } = await libraries.add(root);
  await scan(id);
  isDropped = true;
  expect(await scan(id)).toMatchObject({ outcome: 'offline' });
  expect(libraries.get(id)).toMatchObject({ trackCount: 2, missingCount: 0 });
});

it('goes on past a folder that cannot be read, tells it, and keeps its tracks', async () => {
  let fails = true;
  const { root, at, libraries, tracks, scan } = aMusicFolder({
    listFolder: async (base, folder) => {
      if (fails && folder.path === 'locked') throw Object.assign(new Error('no'), { code: 'EACCES' });
      return listFolder(base, folder);
    },
  });
  putTone(at('open/a.mp3'), 440);
  putTone(at('locked/deep/b.mp3'), 550);
  const { id } = await libraries.add(root);
  expect(await scan(id)).toMatchObject({ outcome: 'done', added: 1, errors: 1 });
  expect(libraries.listErrors(id)).toEqual([{ path: 'locked', message: expect.stringMatching(/permissions/) }]);
  fails = false;
  expect(await scan(id)).toMatchObject({ added: 1, errors: 0 });
  expect(libraries.listErrors(id)).toEqual([]);
  fails = true;
  expect(await scan(id)).toMatchObject({ outcome: 'done', missing: 0, errors: 1 });
  expect(tracks.findByPath(id, 'locked/deep/b.mp3')!.missingSince).toBeNull();
});

it('gives a file that is no audio a track with the reason, and reads it again when it is mended', async () => {
  const { root, at, libraries, tracks, scan } = aMusicFolder();
  writeFileSync(at('broken.flac'), 'this is no audio at all, whatever its name says');
  writeFileSync(at('empty.mp3'), '');
  putTone(at('fine.mp3'), 440);
  const { id } = await libraries.add(root);
  expect(await scan(id)).toMatchObject({ outcome: 'done', added: 3, errors: 2 });
  expect(tracks.findByPath(id, 'empty.mp3')).toMatchObject({ title: 'empty', errorCode: 'unreadable_audio' });
  expect(libraries.listErrors(id).map(({ path }) => path)).toEqual(['broken.flac', 'empty.mp3']);
  putTone(at('empty.mp3'), 440, { title: 'mended' });
  await scan(id);
  expect(tracks.findByPath(id, 'empty.mp3')).toMatchObject({ title: 'mended', errorCode: null });
});

it('follows no link in circles or out of the library, and takes a file with two names for two tracks', async () => {
  const { at, libraries, scan } = aMusicFolder();
  putTone(at('music/a.mp3'), 440);
  putTone(at('elsewhere/x.mp3'), 550);
  linkSync(at('music/a.mp3'), at('music/second name.mp3'));
  symlinkSync(at('music'), at('music/loop'));
  symlinkSync(at('elsewhere'), at('music/out'));
  symlinkSync(at('elsewhere/x.mp3'), at('music/x.mp3'));
  const { id } = await libraries.add(at('music'));
  symlinkSync(at('music/round'), at('music/round'));
  symlinkSync(at('music/a.mp3'), at('music/again.mp3'));
  expect(await scan(id)).toMatchObject({ outcome: 'done', added: 2, errors: 3, passedOver: { linked: 2 } });
  expect(libraries.listErrors(id).map(({ path }) => path)).toEqual(['out', 'round', 'x.mp3']);
});

it('takes names that begin with dots or look like folders of the system for names', async () => {
  const { root, at, libraries, tracks, scan } = aMusicFolder();
  const named = ['Metallica/...And Justice for All/01.mp3', 'Artist/lost+found/01.mp3', '..hidden.mp3'];
  for (const path of named) putTone(at(path), 440);
  for (const path of ['@eaDir/01.mp3', 'Album/._01.mp3', '#recycle/01.mp3']) putTone(at(path), 440);
  const { id } = await libraries.add(root);
  expect(await scan(id)).toMatchObject({ added: 3, passedOver: { system: 3 } });
  for (const path of named) expect(tracks.findByPath(id, path), path).toBeDefined();
});

requires('ffmpeg', 'linux').it('reads files whose names are not UTF-8', async () => {
  const { root, at, libraries, tracks, scan } = aMusicFolder();
  putTone(at('plain.mp3'), 440, { title: 'Latin 1' });
  const folder = Buffer.concat([Buffer.from(`${root}/caf`), Buffer.from([0xe9])]);
  mkdirSync(folder);
  renameSync(at('plain.mp3'), Buffer.concat([folder, Buffer.from('/\xfcber.mp3', 'latin1')]));
  const { id } = await libraries.add(root);
  expect(await scan(id)).toMatchObject({ added: 1, errors: 0, passedOver: { not_utf8: 1 } });
  expect(await scan(id)).toMatchObject({ unchanged: 1, missing: 0 });
  const track = tracks.findByPath(id, 'caf\\xE9/\\xFCber.mp3')!;
  expect(track).toMatchObject({ title: 'Latin 1', durationMs: expect.any(Number) });
  expect(track.pathBytes).toEqual(Buffer.concat([folder, Buffer.from('/\xfcber.mp3', 'latin1')]));
  // As the watch names the folder, or a person who has read its name in a list.
  expect(await scan(id, { paths: ['caf\\xE9'] })).toMatchObject({ found: 1, unchanged: 1, missing: 0 });
  putTone(at('caf\\xE9/really so.mp3'), 550);
  expect(await scan(id, { paths: ['caf\\xE9'] })).toMatchObject({ found: 1, added: 1 });
});

it('looks at a part of a library when asked to, and judges nothing outside it', async () => {
  const { root, at, libraries, tracks, scan } = aMusicFolder();
  putTone(at('a/1.mp3'), 440);
  putTone(at('a/deep/2.mp3'), 550);
  putTone(at('b/3.mp3'), 660);
  const { id } = await libraries.add(root);
  await scan(id);
  rmSync(at('a/1.mp3'));
  rmSync(at('a/deep/2.mp3'));
  rmSync(at('b/3.mp3'));
  writeFileSync(at('keep.txt'), '');
  expect(await scan(id, { paths: ['a'], recursive: false })).toMatchObject({ missing: 1 });
  expect(tracks.findByPath(id, 'a/deep/2.mp3')!.missingSince).toBeNull();
  rmSync(at('a'), { recursive: true });
  expect(await scan(id, { paths: [at('a')] })).toMatchObject({ missing: 1 });
  expect(tracks.findByPath(id, 'b/3.mp3')!.missingSince).toBeNull();
  await expect(libraries.scan(id, { paths: ['../elsewhere'] })).rejects.toMatchObject({ code: 'outside_library' });
});

it('hands what is not analyzed yet to the queue, and everything when forced', async () => {
  const { root, at, libraries, tracks, asked, scan } = aMusicFolder({ autoTag: true });
  putTone(at('a.mp3'), 440);
  putTone(at('b.mp3'), 550);
  writeFileSync(at('broken.flac'), 'no audio');
  const { id } = await libraries.add(root);
  expect(await scan(id)).toMatchObject({ queued: 2, jobIds: [1001, 1002] });
  const [first, second] = ['a.mp3', 'b.mp3'].map((path) => tracks.findByPath(id, path)!.id);
  tracks.markAnalyzed(first, { analyzedAt: '2026-01-01T00:00:00Z', version: 'v', bpm: null, key: null });
  await scan(id);
  expect(asked[1]).toEqual([second]);
  await scan(id, { force: true });
  expect(asked[2]).toContain(first);
});

it('can be cancelled at any time, runs once for a library, and tells where it is', async () => {
  const { root, at, libraries, events, scan } = aMusicFolder();
  tones(at, 250);
  const { id } = await libraries.add(root);
  const phases: string[] = [];
  events.on('scan.progress', ({ phase }) => phases.push(phase));
  events.on('tracks.changed', () => void libraries.cancelScan(id));
  const running = await libraries.scan(id);
  await expect(libraries.scan(id)).rejects.toMatchObject({ code: 'conflict' });
  expect(libraries.get(id).state).toBe('scanning');
  expect(await running.ended).toMatchObject({ outcome: 'cancelled', added: 100 });
  expect(libraries.get(id)).toMatchObject({ state: 'pending', trackCount: 100 });
  expect([...new Set(phases)]).toEqual(['walk', 'match', 'read', 'finish', 'ended']);
  expect(await libraries.cancelScan(id)).toBe(false);
  expect(await scan(id)).toMatchObject({ outcome: 'cancelled' });
});
