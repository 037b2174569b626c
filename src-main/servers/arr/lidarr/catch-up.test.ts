import { renameSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, expect } from 'vitest';
import { payloads, type StandInLidarr, startLidarr } from '../../../../test/support/lidarr';
import { requires } from '../../../../test/support/requirements';
import { aConnectedLibrary, type ConnectedLibrary, settled } from './lidarr.fixture';

const { it } = requires('ffmpeg');

let lidarr: StandInLidarr;
let here: ConnectedLibrary;
beforeEach(async () => {
  lidarr = await startLidarr();
  here = await aConnectedLibrary({ url: lidarr.url, secret: lidarr.key });
  here.map();
  here.lidarr.start();
});
afterEach(async () => {
  await here.stop();
  await lidarr.close();
});

const A = 'Geogaddi (2002)/01 - Ready Lets Go.mp3';
const B = 'Geogaddi (2002)/02 - Music Is Math.mp3';
const P = '/music/Boards of Canada';

/** A row of the history, so many seconds from the beginning. */
function row(id: number, second: number, eventType: string, rest: Record<string, unknown>) {
  const date = new Date(Date.parse('2026-01-01T00:00:00Z') + second * 1000).toISOString();
  const artist = { artistName: 'Boards of Canada', path: P };
  lidarr.state.history.push({
    id,
    date,
    eventType,
    artistId: 42,
    albumId: 310,
    artist,
    album: { title: 'Geogaddi' },
    ...rest,
  });
}
const imported = (id: number, second: number, path: string) =>
  row(id, second, 'trackFileImported', {
    sourceTitle: path,
    data: { fileId: `${5500 + id}`, importedPath: path, size: '100' },
  });
const catchUp = async () => {
  const { events } = (await here.lidarr.handlers.catchUp({ id: here.id }, { transport: 'window' })) as {
    events: number;
  };
  await here.lidarr.inbound.idle();
  return events;
};

it('begins where the history ends, and does what was done while nobody told us', async () => {
  imported(1, -60, here.put(A));
  expect(await catchUp()).toBe(0);
  imported(2, 10, `${P}/${A}`);
  imported(3, 10, `${P}/${A}`);
  imported(4, 11, here.put(B, 441));
  row(5, 12, 'downloadFailed', { data: {} });
  expect(await catchUp()).toBe(1);
  expect(here.queue.views.listBatches(5)).toMatchObject([{ title: 'Boards of Canada – Geogaddi', found: 2 }]);
  expect(await catchUp()).toBe(0);
});

it('takes rows of the very date at which it stopped, and none of them twice', async () => {
  await catchUp();
  imported(1, 10, here.put(A));
  expect(await catchUp()).toBe(1);
  imported(2, 10, here.put(B, 441));
  expect(await catchUp()).toBe(1);
  expect(await catchUp()).toBe(0);
});

it('leaves out what a webhook told', async () => {
  await catchUp();
  const path = here.put(A);
  await here.tell(payloads.download([{ id: 5501, path }]));
  imported(1, 1, path);
  expect(await catchUp()).toBe(0);
});

it('moves, removes and replaces as the history says, also what no webhook ever tells', async () => {
  await catchUp();
  const a = here.put(A);
  imported(1, 1, a);
  imported(2, 1, here.put(B, 441));
  await catchUp();
  const { id } = here.track(A)!;
  renameSync(here.local(A), here.local('Geogaddi (2002)/renamed.mp3'));
  row(3, 2, 'trackFileRenamed', { sourceTitle: a, data: { sourcePath: a, path: `${P}/Geogaddi (2002)/renamed.mp3` } });
  await catchUp();
  expect(here.track('Geogaddi (2002)/renamed.mp3')?.id).toBe(id);
  rmSync(here.local(B));
  row(4, 3, 'trackFileDeleted', { sourceTitle: `${P}/${B}`, data: { reason: 'Manual' } });
  await catchUp();
  expect(here.track(B)?.missingSince).toBeTruthy();
  rmSync(here.local('Geogaddi (2002)/renamed.mp3'));
  row(5, 4, 'trackFileDeleted', { sourceTitle: `${P}/Geogaddi (2002)/renamed.mp3`, data: { reason: 'Upgrade' } });
  imported(6, 4, here.put('Geogaddi (2002)/renamed.flac', 500));
  await catchUp();
  expect(here.track('Geogaddi (2002)/renamed.flac')?.id).toBe(id);
});

it('looks at the history by itself: every five minutes, and when the machine wakes up', async () => {
  await catchUp();
  const looks = () => lidarr.asked.filter((each) => each === 'GET /history/since').length;
  here.clock.advance(5 * 60_000);
  await settled(() => looks() === 1);
  await settled(() => here.connections.get(here.id).state === 'ok');
  here.events.emit('system.resumed', {});
  await settled(() => looks() === 2);
});

it('goes on where it was when Lidarr is away, and says so at the connection', async () => {
  await catchUp();
  imported(1, 10, here.put(A));
  lidarr.state.failsWith = 503;
  await expect(catchUp()).rejects.toMatchObject({ code: 'provider_failed' });
  expect(here.connections.get(here.id).state).toBe('failing');
  lidarr.state.failsWith = 0;
  expect(await catchUp()).toBe(1);
  expect(here.connections.get(here.id).state).toBe('ok');
});
