import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect } from 'vitest';
import { aClock } from '../../../../test/support/alarm-clock';
import { requires } from '../../../../test/support/requirements';
import { aScheduler } from '../../../../test/support/scheduler';
import { putTone, temporaryFolder } from '../../../../test/support/small-music';
import { EVENTS } from '../../../app/contract';
import { payloadHash, readMetadata } from '../../../files/tag-formats';
import { openDatabase } from '../../../platform/database';
import { createEventBus } from '../../../platform/events';
import { createTrackRepository } from '../../tracks';
import type { Library } from '../contract';
import { createLibraries } from '../libraries';
import { QUIET_MS } from './settling';

const { it } = requires('ffmpeg');

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** A clock that stands still, and tells when somebody waits for it. */
function aWatchedClock() {
  const clock = aClock();
  let reported = () => {};
  const waiting = new Set<() => void>();
  return {
    ...clock,
    after(ms: number, call: () => void) {
      const end = clock.after(ms, () => {
        waiting.delete(call);
        call();
      });
      if (ms === QUIET_MS) waiting.add(call);
      reported();
      return () => {
        waiting.delete(call);
        end();
      };
    },
    tell: () => reported(),
    /** Resolves once a touched folder waits for its rest, or what was waited for holds. */
    async whenWaiting(holds: () => boolean): Promise<void> {
      while (waiting.size === 0 && !holds()) {
        await new Promise<void>((resolve) => {
          reported = resolve;
        });
      }
    },
  };
}

/** A watched library over a folder with two songs, found by a first scan. */
async function aWatchedFolder(choices: Partial<Library> = {}) {
  const folder = temporaryFolder('watch');
  cleanUps.push(folder.remove);
  const at = (path: string) => join(folder.path, 'music', path);
  putTone(at('a/one.flac'), 400);
  putTone(at('b/two.flac'), 500);
  const db = openDatabase(':memory:');
  const events = createEventBus(EVENTS);
  const tracks = createTrackRepository(db);
  const clock = aWatchedClock();
  const scheduler = aScheduler(clock);
  const queued: number[] = [];
  const libraries = createLibraries({
    ...{ db, tracks, events, readMetadata, payloadHash, clock, scheduler },
    settings: { current: { library_auto_tag: true, file_write_mode: 'full', library_ignore_patterns: '' } as never },
    enqueueTracks: (ids) => {
      queued.push(...ids);
      return { queued: ids.length, jobIds: ids };
    },
    knownFailures: () => new Map(),
    moved: () => {},
    report: (thrown) => {
      throw thrown;
    },
  });
  scheduler.add(libraries.onlineCheckTask);
  scheduler.start();
  const { id } = await libraries.add(join(folder.path, 'music'), choices);
  await (await libraries.scan(id)).ended;
  let scans = 0;
  events.on('scan.progress', ({ phase }) => {
    if (phase === 'ended') scans += 1;
  });
  events.on('libraries.changed', clock.tell);
  cleanUps.push(() => libraries.stop(), scheduler.stop);
  const paths = () =>
    db.prepare<[], string>('SELECT path FROM track WHERE missing_since IS NULL ORDER BY path').pluck().all();
  /** Lets quiet time pass, again and again, until something holds. */
  async function until(holds: () => boolean, meanwhile: () => void = () => {}) {
    const holdsAtRest = () => holds() && !libraries.isScanning(id);
    while (!holdsAtRest()) {
      await clock.whenWaiting(holdsAtRest);
      meanwhile();
      clock.advance(QUIET_MS);
    }
  }
  const idOf = (path: string) => db.prepare('SELECT id FROM track WHERE path = ?').pluck().get(path);
  return { id, at, root: folder.path, libraries, clock, queued, paths, until, idOf, scans: () => scans };
}

it('finds a new file by itself once it is complete; one that still grows holds back its own folder only', async () => {
  const { libraries, at, paths, until, queued, idOf } = await aWatchedFolder();
  libraries.watch();
  putTone(at('c/three.flac'), 600);
  putTone(at('growing/four.wav'), 700);
  await until(
    () => paths().includes('c/three.flac'),
    () => appendFileSync(at('growing/four.wav'), 'more'),
  );
  expect(paths()).toEqual(['a/one.flac', 'b/two.flac', 'c/three.flac']);
  await until(() => paths().length === 4);
  expect(queued).toContain(idOf('growing/four.wav'));
});

it('finds files that were changed, renamed with their folder, and removed', async () => {
  const { libraries, at, paths, until, idOf, scans } = await aWatchedFolder();
  const id = idOf('a/one.flac');
  libraries.watch();
  renameSync(at('a'), at('renamed'));
  await until(() => paths().includes('renamed/one.flac') && !paths().includes('a/one.flac'));
  expect(idOf('renamed/one.flac')).toBe(id);
  rmSync(at('b/two.flac'));
  await until(() => paths().length === 1);
  const before = scans();
  putTone(at('renamed/one.flac'), 440, { title: 'Another' });
  await until(() => scans() > before);
});

it('takes no notice of a file that is written anew and is known as it is, as those that it wrote itself', async () => {
  const { libraries, at, paths, until, scans } = await aWatchedFolder();
  libraries.watch();
  const { atime, mtime } = statSync(at('a/one.flac'));
  writeFileSync(at('a/.one.flac.tonearm'), readFileSync(at('a/one.flac')));
  renameSync(at('a/.one.flac.tonearm'), at('a/one.flac'));
  utimesSync(at('a/one.flac'), atime, mtime);
  putTone(at('b/three.flac'), 600);
  await until(() => paths().includes('b/three.flac'));
  expect(scans()).toBe(1);
});

it('looks every so often where that was chosen, and not at all where it was switched off', async () => {
  const { id, libraries, clock, at, paths, until } = await aWatchedFolder({ watchMode: 'off' });
  libraries.watch();
  putTone(at('b/three.flac'), 600);
  libraries.update(id, { watchMode: 'poll', pollIntervalS: 20 });
  await until(() => paths().includes('b/three.flac'));
  putTone(at('b/four.flac'), 700);
  clock.advance(20_000);
  await until(() => paths().includes('b/four.flac'));
});

it('takes a drive that is gone for offline, deletes nothing, and goes on by itself when it is there again', async () => {
  const { id, libraries, at, root, paths, until, clock } = await aWatchedFolder();
  libraries.watch();
  renameSync(join(root, 'music'), join(root, 'unplugged'));
  expect(await libraries.isOnline(id)).toBe(false);
  expect(libraries.get(id)).toMatchObject({ state: 'offline', stateMessage: expect.stringContaining('not there') });
  expect(libraries.offline()).toEqual([id]);
  // A mount point without its drive is an empty folder.
  mkdirSync(join(root, 'music'));
  expect(await libraries.isOnline(id)).toBe(false);
  expect(paths()).toHaveLength(2);
  rmSync(join(root, 'music'), { recursive: true });
  renameSync(join(root, 'unplugged'), join(root, 'music'));
  putTone(at('c/three.flac'), 600);
  clock.advance(30_000);
  await until(() => paths().length === 3);
  expect(libraries.get(id).state).toBe('ready');
});

it('is not ready when a drive comes back before a scan has seen what is on it, and asks where much of it is gone', async () => {
  const { id, libraries, at, root, until } = await aWatchedFolder({ watchMode: 'off' });
  for (let number = 0; number < 6; number++) putTone(at(`c/${number}.flac`), 600 + number);
  await (await libraries.scan(id)).ended;
  const [there, unplugged] = [join(root, 'music'), join(root, 'unplugged')];
  renameSync(there, unplugged);
  expect(await libraries.isOnline(id)).toBe(false);
  renameSync(unplugged, there);
  rmSync(at('c'), { recursive: true });
  expect(await libraries.isOnline(id)).toBe(true);
  expect(libraries.get(id).state, 'where nobody watches, it waits').toBe('pending');
  renameSync(there, unplugged);
  await libraries.isOnline(id);
  libraries.watch();
  renameSync(unplugged, there);
  await libraries.isOnline(id);
  expect(libraries.get(id).state).toBe('scanning');
  await until(() => libraries.get(id).state === 'guarded');
});
