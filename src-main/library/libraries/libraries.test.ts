import { mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, vi } from 'vitest';
import { requires } from '../../../test/support/requirements';
import { aScheduler } from '../../../test/support/scheduler';
import { putTone, temporaryFolder } from '../../../test/support/small-music';
import { EVENTS, SETTINGS } from '../../app/contract';
import { payloadHash, readMetadata } from '../../files/tag-formats';
import { openDatabase } from '../../platform/database';
import { createEventBus } from '../../platform/events';
import { createSettings } from '../../platform/settings';
import { createTrackRepository } from '../tracks';
import { librariesContract } from './contract';
import { librariesHandlers } from './handlers';
import { createLibraries } from './libraries';
import { confine } from './store/confine';

const { it } = requires('ffmpeg');

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder('libraries');
});
afterEach(() => folder.remove());
const at = (path: string) => join(folder.path, path);
const caller = { transport: 'window' } as const;

function anApplication() {
  const db = openDatabase(':memory:');
  const events = createEventBus(EVENTS);
  const settings = createSettings(db, events, SETTINGS);
  const tracks = createTrackRepository(db);
  const enqueueTracks = (ids: readonly number[]) => ({ queued: ids.length, jobIds: ids });
  const reported = { knownFailures: () => new Map(), moved: () => {}, report: console.error };
  const scheduler = aScheduler();
  const deps = { db, tracks, events, settings, scheduler, readMetadata, payloadHash, enqueueTracks, ...reported };
  const libraries = createLibraries(deps);
  return { db, events, settings, tracks, libraries, deps, handlers: librariesHandlers(libraries, tracks) };
}

it('adds a folder under its name, with a number when the name is taken, and makes the first the default', async () => {
  const { libraries, settings } = anApplication();
  settings.update({ file_write_mode: 'minimal' });
  mkdirSync(at('one/Music'), { recursive: true });
  mkdirSync(at('two/Music'), { recursive: true });
  const first = await libraries.add(`${at('one/Music')}/`);
  const second = await libraries.add(at('two/Music'));
  expect(first).toMatchObject({ name: 'Music', root_path: at('one/Music'), is_default: true, writeMode: 'minimal' });
  expect(second).toMatchObject({ name: 'Music (2)', is_default: false, state: 'pending', lastScanAt: null });
  expect(() => libraries.update(second.id, { name: 'Music' })).toThrow(/Another library is called/);
  expect(libraries.update(second.id, { name: 'Other', autoWrite: true })).toMatchObject({
    name: 'Other',
    autoWrite: true,
  });
});

it('refuses a folder that is not there, is a file, or overlaps another library, also through a link', async () => {
  const { libraries } = anApplication();
  mkdirSync(at('music/rock'), { recursive: true });
  mkdirSync(at('musicals'));
  writeFileSync(at('file'), '');
  symlinkSync(at('music/rock'), at('link'));
  await libraries.add(at('music'));
  await expect(libraries.add(at('nowhere'))).rejects.toMatchObject({ code: 'invalid_input', message: /is not there/ });
  await expect(libraries.add(at('file'))).rejects.toMatchObject({ code: 'invalid_input', message: /not a folder/ });
  for (const path of ['music', 'music/rock', '.', 'link']) {
    await expect(libraries.check(at(path))).rejects.toMatchObject({ code: 'conflict' });
    await expect(libraries.add(at(path))).rejects.toMatchObject({ code: 'conflict' });
  }
  await expect(libraries.check(at('musicals'))).resolves.toBe(at('musicals'));
  expect(libraries.list()).toHaveLength(1);
  await expect(libraries.add(at('musicals'))).resolves.toMatchObject({ name: 'musicals' });
});

it('takes ~ for the home folder, as a shell does', async () => {
  const { libraries } = anApplication();
  mkdirSync(at('Music'));
  vi.stubEnv('HOME', folder.path);
  vi.stubEnv('USERPROFILE', folder.path);
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(await libraries.check('~/Music')).toBe(at('Music'));
  expect(await libraries.check('~')).toBe(folder.path);
  await expect(libraries.check('~nobody')).rejects.toMatchObject({ code: 'invalid_input' });
});

it('tells which library a path is in, and that a link leading out of it is in none', async () => {
  const { libraries } = anApplication();
  mkdirSync(at('music/a'), { recursive: true });
  mkdirSync(at('outside'));
  symlinkSync(at('outside'), at('music/link'));
  const { id } = await libraries.add(at('music'));
  const where = async (path: string) => {
    const place = await libraries.libraryOf(at(path));
    return place && [place.library.id, place.path];
  };
  expect(await where('music')).toEqual([id, '']);
  expect(await where('music/a/not there yet.mp3')).toEqual([id, 'a/not there yet.mp3']);
  expect(await where('music/../outside')).toBeUndefined();
  expect(await where('music/link/x.mp3')).toBeUndefined();
  expect(await where('music2')).toBeUndefined();
});

it('confines paths to a folder, whatever they are made of', async () => {
  mkdirSync(at('root/sub'), { recursive: true });
  const root = realpathSync(at('root'));
  expect(await confine(root, 'sub/new.mp3')).toBe('sub/new.mp3');
  expect(await confine(root, at('root/sub'))).toBe('sub');
  expect(await confine(root, '..dots/x')).toBe('..dots/x');
  for (const path of ['..', '../root2/x', '/etc/passwd', 'sub/../../x', 'nul\0byte', 'line\nbreak']) {
    await expect(confine(root, path)).rejects.toMatchObject({ code: 'outside_library' });
  }
  writeFileSync(at('root/file'), '');
  symlinkSync('loop', at('root/loop'));
  expect(await confine(root, 'file/below')).toBe('file/below');
  for (const path of ['n'.repeat(300), 'n/'.repeat(5000), 'loop/x'])
    await expect(confine(root, path)).rejects.toMatchObject({
      code: 'outside_library',
      message: expect.not.stringContaining(root),
    });
});

it('forgets a library with its tracks, keeps its files, and makes another the default', async () => {
  const { deps, tracks } = anApplication();
  const left: unknown[] = [];
  const leaves = async (id: number) => left.push({ id, tracks: tracks.count(id).present });
  const libraries = createLibraries({ ...deps, leaves });
  putTone(at('one/a.mp3'), 440, { album: 'A' });
  putTone(at('two/b.mp3'), 550, { album: 'B' });
  const [one, two] = [await libraries.add(at('one')), await libraries.add(at('two'))];
  for (const { id } of [one, two]) await (await libraries.scan(id)).ended;
  expect(await libraries.remove(one.id)).toEqual({ removedTracks: 1 });
  expect(left).toEqual([{ id: one.id, tracks: 1 }]);
  expect(libraries.list()).toMatchObject([{ id: two.id, is_default: true, trackCount: 1 }]);
  expect([tracks.count().present, tracks.countAlbums()]).toEqual([1, 1]);
  expect(realpathSync(at('one/a.mp3'))).toBe(at('one/a.mp3'));
});

it('answers a scan with its numbers when it ends soon, and says so when it goes on', async () => {
  const { libraries, tracks, handlers } = anApplication();
  putTone(at('music/a.mp3'), 440);
  putTone(at('music/b.mp3'), 550);
  const { id } = await libraries.add(at('music'));
  const input = librariesContract.scan.input.parse({ id });
  expect(await handlers.scan(input, caller)).toEqual({
    queued: 2,
    status: 'queued',
    message: 'The scan has ended. 2 files found: 2 added.',
    stats: {
      files_discovered: 2,
      files_queued: 2,
      files_skipped: 0,
      files_removed: 0,
      passed_over: {},
      job_ids: [1, 2],
    },
  });
  const hurried = await librariesHandlers(libraries, tracks, 0).scan({ ...input, force: true }, caller);
  expect(hurried).toMatchObject({ queued: 0, message: expect.stringMatching(/has begun and goes on/) });
  await libraries.stop();
});

it('answers a scan that misses many files with its question, and with what says yes to it', async () => {
  const { libraries, tracks, events, handlers } = anApplication();
  for (let index = 0; index < 6; index++) putTone(at(`music/${index}.mp3`), 440 + index);
  const { id } = await libraries.add(at('music'));
  await (await libraries.scan(id)).ended;
  for (let index = 1; index < 6; index++) rmSync(at(`music/${index}.mp3`));
  const scan = (input: object) => handlers.scan(librariesContract.scan.input.parse({ id, ...input }), caller);
  const asked = 'Are they gone indeed? A scan with "acceptMissing": true says yes.';
  expect(await scan({})).toMatchObject({ message: expect.stringContaining(asked), stats: { files_removed: 0 } });
  const reported: unknown[] = [];
  events.on('scan.ended', (ended) => reported.push(ended));
  const hurried = await librariesHandlers(libraries, tracks, 0).scan(
    librariesContract.scan.input.parse({ id }),
    caller,
  );
  expect(hurried.message, 'also where it does not wait for the end').toContain(`The last scan asked: 5 of 6 files`);
  expect(hurried.message).toContain(asked);
  await expect
    .poll(() => reported)
    .toEqual([{ libraryId: id, outcome: 'guarded', message: expect.stringContaining(asked) }]);
  expect(await scan({ acceptMissing: true })).toMatchObject({ stats: { files_removed: 5 } });
});

it('scans the library that holds a path, or every enabled one', async () => {
  const { libraries, handlers } = anApplication();
  putTone(at('one/sub/a.mp3'), 440);
  putTone(at('one/b.mp3'), 550);
  putTone(at('two/c.mp3'), 660);
  await libraries.add(at('one'));
  const { id } = await libraries.add(at('two'));
  const scanPath = (input: object) => handlers.scanPath(librariesContract.scanPath.input.parse(input), caller);
  expect(await scanPath({ path: at('one/sub') })).toEqual({ status: 'ok', scanned: 1, enqueued: 1 });
  libraries.update(id, { is_enabled: false });
  expect(await scanPath({})).toEqual({ status: 'ok', scanned: 2, enqueued: 2 });
  await expect(scanPath({ path: folder.path })).rejects.toMatchObject({ code: 'outside_library' });
  expect(handlers.list({ enabled_only: 'true' }, caller)).toHaveLength(1);
  expect(handlers.stats({}, caller)).toMatchObject({ total_files: 2, unique_artists: 0, unique_albums: 0 });
});

it('lets a library whose first scan was interrupted by the end of the application wait for another', async () => {
  const { db, libraries, deps } = anApplication();
  mkdirSync(at('music'));
  const { id } = await libraries.add(at('music'));
  db.prepare("UPDATE library SET state = 'scanning'").run();
  expect(createLibraries(deps).get(id)).toMatchObject({
    state: 'pending',
    stateMessage: 'The last scan was interrupted.',
  });
  rmSync(at('music'), { recursive: true });
});
