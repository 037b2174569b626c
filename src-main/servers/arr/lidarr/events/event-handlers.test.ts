import { renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect } from 'vitest';
import { payloads } from '../../../../../test/support/lidarr';
import { requires } from '../../../../../test/support/requirements';
import { payloadHash } from '../../../../files/tag-formats';
import { aConnectedLibrary, type ConnectedLibrary, settled } from '../lidarr.fixture';

const { describe, it } = requires('ffmpeg');

let here: ConnectedLibrary;
beforeEach(async () => {
  here = await aConnectedLibrary();
  here.map();
  here.lidarr.start();
  here.queue.start();
});
afterEach(() => here.stop());

const A = 'Geogaddi (2002)/01 - Ready Lets Go.mp3';
const B = 'Geogaddi (2002)/02 - Music Is Math.mp3';

/** Imports files and has them analyzed. */
async function imported(...names: string[]) {
  const files = names.map((name, at) => ({ id: 5501 + at, path: here.put(name, 400 + at) }));
  await here.tell(payloads.download(files));
  here.clock.advance(20_000);
  await settled(() => here.analyzed.length === names.length);
  for (const name of names) {
    const { id } = here.track(name)!;
    here.tracks.markAnalyzed(id, { analyzedAt: '2026-01-01T00:00:20Z', version: 'v1', bpm: 100, key: 'C' });
  }
  return files;
}

describe('an import', () => {
  it('gives the files their rows at once, and has them analyzed when they have not changed for 20 seconds', async () => {
    const files = [
      { id: 5501, path: here.put(A) },
      { id: 5502, path: here.put(B, 441) },
    ];
    expect(await here.tell(payloads.download(files))).toMatchObject({
      status: 'done',
      message: '2 files to analyze.',
    });
    expect(here.track(A)).toMatchObject({ artist: 'Boards of Canada', analyzedAt: null });
    here.clock.advance(19_999);
    expect(here.queue.status()).toMatchObject({ pending: 2, running: 0 });
    here.clock.advance(1);
    await settled(() => here.analyzed.length === 2);
    expect(here.analyzed.map(({ path }) => path)).toEqual([here.local(A), here.local(B)]);
    expect(here.analyzed[0]).toMatchObject({
      priority: 150,
      writeTags: true,
      force: false,
      trackId: here.track(A)!.id,
    });
    expect(here.queue.views.listBatches(10)).toMatchObject([
      { title: 'Boards of Canada – Geogaddi', source: 'lidarr', found: 2 },
    ]);
  });

  it('waits longer while tags are written, and while a file still grows', async () => {
    const path = here.put(A);
    await here.tell(payloads.download([{ id: 5501, path }]));
    here.clock.advance(15_000);
    expect(await here.tell(payloads.retag({ id: 0, path }))).toMatchObject({ status: 'done' });
    here.clock.advance(15_000);
    expect(here.analyzed).toEqual([]);
    writeFileSync(here.local(A), 'it grows', { flag: 'a' });
    here.clock.advance(5_000);
    await settled(() => here.queue.status().running === 0);
    expect(here.analyzed).toEqual([]);
    here.clock.advance(20_000);
    await settled(() => here.analyzed.length === 1);
  });

  it('gathers what comes for one album within minutes into one batch, and lets a file wait once', async () => {
    const a = { id: 5501, path: here.put(A) };
    const b = { id: 5502, path: here.put(B, 441) };
    await here.tell(payloads.download([a]));
    await here.tell(payloads.download([b]));
    await here.tell(payloads.download([a, b]));
    const other = { id: 9, path: here.put('Another/01.mp3', 442) };
    await here.tell(payloads.download([other], { album: { id: 311, title: 'Another' } }));
    const titles = here.queue.views.listBatches(10).map(({ title, found, pending }) => [title, found, pending]);
    expect(titles).toEqual([
      ['Boards of Canada – Another', 1, 1],
      ['Boards of Canada – Geogaddi', 2, 2],
    ]);
  });

  it('lets the row of a replaced file go over to the new one, which is analyzed, and marks the rest missing', async () => {
    await imported('Album/10 - Roygbiv.mp3', 'Album/11 - Gone.mp3');
    const { id } = here.track('Album/10 - Roygbiv.mp3')!;
    here.tracks.setNeverTouch(id, true);
    for (const name of ['Album/10 - Roygbiv.mp3', 'Album/11 - Gone.mp3']) rmSync(here.local(name));
    const reported = payloads.upgrade(
      [{ id: 5610, path: here.put('Album/10 - Roygbiv.flac', 500) }],
      [
        { id: 5501, path: '/music/Boards of Canada/Album/10 - Roygbiv.mp3' },
        { id: 5502, path: '/music/Boards of Canada/Album/11 - Gone.mp3' },
      ],
    );
    expect(await here.tell(reported)).toMatchObject({ status: 'done', message: '1 file to analyze, 2 replaced.' });
    expect(here.track('Album/10 - Roygbiv.flac')).toMatchObject({
      id,
      container: 'flac',
      neverTouch: true,
      analyzedAt: null,
    });
    expect(here.track('Album/10 - Roygbiv.mp3')).toBeUndefined();
    expect(here.track('Album/11 - Gone.mp3')?.missingSince).toBeTruthy();
    here.clock.advance(20_000);
    await settled(() => here.analyzed.length === 3);
  });

  it('takes an album from its grab to its import, or to its failure', async () => {
    const incoming = async () => (await here.lidarr.handlers.state({ id: here.id }, { transport: 'window' })).incoming;
    await here.tell(payloads.grab('one'));
    await here.tell(payloads.grab('two'));
    expect((await incoming()).map(({ downloadId }) => downloadId).sort()).toEqual(['one', 'two']);
    await here.tell(payloads.download([{ id: 1, path: here.put(A) }], { downloadId: 'one' }));
    await here.tell(payloads.downloadFailure('two'));
    await here.tell(payloads.importFailure());
    expect(await incoming()).toMatchObject([
      {
        downloadId: 'two',
        title: 'Boards of Canada – Geogaddi',
        failure: expect.stringContaining('could not be downloaded'),
      },
    ]);
  });
});

describe('a rename', () => {
  it('moves rows with all that is known, also when files change places', async () => {
    const [a, b] = await imported(A, B);
    const ids = [here.track(A)!.id, here.track(B)!.id];
    renameSync(here.local(A), here.local('Geogaddi (2002)/x'));
    renameSync(here.local(B), here.local(A));
    renameSync(here.local('Geogaddi (2002)/x'), here.local(B));
    const reported = payloads.rename([
      { id: a.id, path: b.path, from: a.path },
      { id: b.id, path: a.path, from: b.path },
    ]);
    expect(await here.tell(reported)).toMatchObject({ status: 'done', message: '2 tracks went with their files.' });
    expect(here.track(B)).toMatchObject({ id: ids[0], analysisVersion: 'v1' });
    expect(here.track(A)).toMatchObject({ id: ids[1], analysisVersion: 'v1' });
    const whereTo = (path: string) => here.movedFiles.reduce((at, [from, to]) => (at === from ? to : at), path);
    expect([A, B].map((path) => whereTo(here.local(path)))).toEqual([B, A].map((path) => here.local(path)));
  });

  it('takes the job of a file that waits with it', async () => {
    const path = here.put(A);
    await here.tell(payloads.download([{ id: 5501, path }]));
    renameSync(here.local(A), here.local(B));
    await here.tell(payloads.rename([{ id: 5501, path: `/music/Boards of Canada/${B}`, from: path }]));
    here.clock.advance(20_000);
    await settled(() => here.analyzed.length === 1);
    expect(here.analyzed[0].path).toBe(here.local(B));
  });

  it('lets a row give way that a scan has made at the new path meanwhile', async () => {
    const [a] = await imported(A);
    const { id } = here.track(A)!;
    renameSync(here.local(A), here.local(B));
    await (await here.libraries.scan(here.library.id, { paths: ['Other'] })).ended;
    const duplicate = here.tracks.add(
      {
        libraryId: here.library.id,
        path: `Boards of Canada/${B}`,
        pathBytes: null,
        sizeBytes: 1,
        mtimeMs: 1,
        inode: '1',
      },
      { failure: { code: 'x', message: 'x' } },
    );
    await here.tell(payloads.rename([{ id: a.id, path: `/music/Boards of Canada/${B}`, from: a.path }]));
    expect(here.track(B)).toMatchObject({ id, analysisVersion: 'v1', errorCode: null });
    expect(here.tracks.find(duplicate)).toBeUndefined();
  });
});

describe('a retag', () => {
  const tagged = (name: string) =>
    here.tracks.markTagged(here.track(name)!.id, {
      ...{ at: '2026-01-01T00:00:21Z', provenance: 'v1' },
      ...{ sizeBytes: statSync(here.local(name)).size, mtimeMs: statSync(here.local(name)).mtimeMs },
    });

  it('reads the tags again and never analyzes while ours are there', async () => {
    const [a] = await imported(A);
    tagged(A);
    const { id, payloadHash: hash } = here.track(A)!;
    expect(hash).toBeNull();
    here.tracks.setPayloadHash(id, await payloadHash(here.local(A)));
    here.put(A, 400, { artist: 'Boards of Canada', album: 'Geogaddi', title: 'Retagged' });
    here.ourTags.set(here.local(A), { happy: ['0.8'] });
    expect(await here.tell(payloads.retag(a))).toMatchObject({ status: 'waiting' });
    await here.pass(20_000);
    expect(here.track(A)).toMatchObject({ id, title: 'Retagged', analysisVersion: 'v1' });
    expect(here.rewritten).toEqual([]);
    expect(here.analyzed).toHaveLength(1);
  });

  it('writes ours again when they are gone, three times a day, and then warns', async () => {
    const [a] = await imported(A);
    for (let time = 1; time <= 4; time++) {
      tagged(A);
      utimesSync(here.local(A), time, time);
      await here.tell(payloads.retag({ ...a, size: time }));
      await here.pass(20_000);
    }
    expect(here.rewritten).toHaveLength(3);
    expect(here.health.current().errors.join()).toContain('Another tool is overwriting tags');
    const [last] = here.lidarr.inbound.list(here.id, { limit: 1 });
    expect(last.message).toContain('left out now');
    await here.pass(86_400_000 + 300_000);
    expect(here.health.current().errors).toEqual([]);
  });

  it('ignores a file that is as we wrote it', async () => {
    const [a] = await imported(A);
    tagged(A);
    here.ourTags.set(here.local(A), { happy: ['0.8'] });
    const { size: sizeBytes, mtimeMs } = statSync(here.local(A));
    here.written.push({ after: { sizeBytes, mtimeMs, fileHash: '' } });
    const { id } = await here.tell(payloads.retag(a));
    await here.pass(20_000);
    expect(here.lidarr.inbound.get(id)).toMatchObject({ status: 'ignored', message: 'The file is as we wrote it.' });
  });
});

describe('a deletion', () => {
  it('of an album cancels what waits, and marks missing what is gone after a minute', async () => {
    await imported(A);
    const b = here.put(B, 401);
    await here.tell(payloads.download([{ id: 5502, path: b }]));
    rmSync(here.local(A));
    const { id } = await here.tell(payloads.albumDelete(true));
    expect(here.queue.status().pending).toBe(0);
    expect(here.track(A)?.missingSince).toBeNull();
    await here.pass(60_000);
    expect(here.lidarr.inbound.get(id)).toMatchObject({
      status: 'done',
      message: '1 track marked missing. 1 file is still there.',
    });
    expect(here.track(A)?.missingSince).toBeTruthy();
    expect(here.track(B)?.missingSince).toBeNull();
  });

  it('of an album that keeps its files changes nothing but what waits', async () => {
    await imported(A);
    expect(await here.tell(payloads.albumDelete(false))).toMatchObject({ status: 'done' });
    await here.pass(60_000);
    expect(here.track(A)?.missingSince).toBeNull();
    expect(await here.tell(payloads.albumDelete(true))).toMatchObject({ status: 'waiting' });
  });

  it('of an artist reaches no folder whose name only begins alike', async () => {
    await imported(A);
    here.put('../Boards of Canada II/01 song.mp3', 700);
    await here.tell(payloads.download([{ id: 9, path: '/music/Boards of Canada II/01 song.mp3' }]));
    for (const name of [A, '../Boards of Canada II/01 song.mp3']) rmSync(here.local(name));
    await here.tell(payloads.artistDelete(true));
    expect(here.queue.status().pending).toBe(1);
    await here.pass(60_000);
    expect(here.track(A)?.missingSince).toBeTruthy();
    expect(here.tracks.findByPath(here.library.id, 'Boards of Canada II/01 song.mp3')?.missingSince).toBeNull();
  });

  it('marks nothing missing when the whole library cannot be reached', async () => {
    await imported(A);
    const { id } = await here.tell(payloads.artistDelete(true));
    rmSync(here.folder.path, { recursive: true });
    await here.pass(60_000);
    expect(here.lidarr.inbound.get(id)).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('connected?'),
    });
    expect(here.track(A)?.missingSince).toBeNull();
  });
});

it('keeps what Lidarr says of itself, until that is over', async () => {
  const problems = async () => (await here.lidarr.handlers.state({ id: here.id }, { transport: 'window' })).problems;
  await here.tell(payloads.health());
  expect(await problems()).toMatchObject([{ level: 'warning', message: expect.stringContaining('Indexers') }]);
  await here.tell(payloads.health('HealthRestored'));
  expect(await problems()).toEqual([]);
});
