import { afterEach, beforeEach, expect } from 'vitest';
import { payloads } from '../../../../test/support/lidarr';
import { requires } from '../../../../test/support/requirements';
import { aConnectedLibrary, type ConnectedLibrary } from './lidarr.fixture';

const { it } = requires('ffmpeg');

let here: ConnectedLibrary;
beforeEach(async () => {
  here = await aConnectedLibrary();
});
afterEach(() => here.stop());

const A = 'Geogaddi (2002)/01 - Ready Lets Go.mp3';
const EVERY = () => [
  payloads.test(),
  payloads.grab(),
  payloads.download([]),
  payloads.downloadFailure(),
  payloads.importFailure(),
  payloads.rename([]),
  payloads.artistAdd(),
  payloads.artistDelete(false),
  payloads.albumDelete(false),
  payloads.health(),
  payloads.health('HealthRestored'),
  payloads.applicationUpdate(),
  { eventType: 'ManualInteractionRequired' },
  { eventType: 'AlbumImport', trackFiles: null, artist: 'no object' },
  { eventType: 'SomethingOfLidarr4', surprise: { deep: [1] } },
];

it('keeps every event before it answers, and does them in the order of their coming, also after a restart', async () => {
  here.map();
  const ids: number[] = [];
  for (const payload of EVERY()) ids.push((await here.tell(payload)).id);
  expect(here.lidarr.inbound.list(here.id, { limit: 100 }).every(({ status }) => status === 'pending')).toBe(true);
  here.lidarr.start();
  await here.lidarr.inbound.idle();
  const reported = here.lidarr.inbound.list(here.id, { limit: 100 }).reverse();
  expect(reported.map(({ id }) => id)).toEqual(ids);
  expect(reported.map(({ status }) => status)).not.toContain('pending');
  expect(reported.filter(({ status }) => status === 'ignored').map(({ eventType }) => eventType)).toEqual([
    'ArtistAdd',
    'ManualInteractionRequired',
    'SomethingOfLidarr4',
  ]);
  expect(reported.filter(({ status }) => status === 'failed')).toEqual([]);
});

it('says in a sentence what is wrong with what it cannot read, keeps it, and does nothing about it', async () => {
  here.lidarr.start();
  for (const body of ['{"eventType": "Download", "trackFiles": [', '', '[]', '"Download"', '{"event":"Download"}']) {
    await expect(here.tell(body)).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringMatching(/\. Nothing was queued\.$/),
    });
  }
  const kept = here.lidarr.inbound.list(here.id, {});
  expect(kept).toHaveLength(5);
  expect(kept.every(({ status }) => status === 'refused')).toBe(true);
  expect(() => here.lidarr.inbound.replay(kept[0].id)).toThrow('could not be understood');
});

it('drops what is told twice within ten minutes, but not what is told again later', async () => {
  here.map();
  here.lidarr.start();
  const reported = payloads.download([{ id: 5501, path: here.put(A) }]);
  expect((await here.tell(reported)).status).toBe('done');
  expect((await here.tell({ ...reported, trackFiles: [...reported.trackFiles] })).status).toBe('duplicate');
  expect((await here.tell({ ...reported, downloadId: 'another' })).status).toBe('done');
  await here.pass(10 * 60_000);
  expect((await here.tell(reported)).status).toBe('done');
});

it('parks what is about folders that it does not know, with one notice for each, and does it once they are mapped', async () => {
  here.lidarr.start();
  const reported = payloads.download([{ id: 5501, path: here.put(A) }]);
  expect(await here.tell(reported)).toMatchObject({ status: 'unmapped', message: expect.stringContaining('/music') });
  await here.tell({ ...reported, downloadId: 'another' });
  expect(here.health.current().errors).toEqual([expect.stringContaining('2 events wait')]);
  expect(here.lidarr.inbound.unmapped(here.id)).toEqual([{ prefix: '/music', events: 2 }]);
  here.map();
  await here.lidarr.inbound.idle();
  expect(here.lidarr.inbound.unmapped(here.id)).toEqual([]);
  expect(here.health.current().errors).toEqual([]);
  expect(here.queue.status().pending).toBe(1);
});

it('takes its notice of an unknown folder back when nothing waits for it any more', async () => {
  here.lidarr.start();
  const reported = payloads.download([{ id: 5501, path: here.put(A) }]);
  await here.tell(reported);
  expect(here.health.current().errors).toEqual([expect.stringContaining('an event waits')]);
  await here.pass(31 * 86_400_000);
  expect(here.health.current().errors).toEqual([]);
  await here.tell(reported);
  expect(here.health.current().errors).toHaveLength(1);
  here.connections.remove(here.id);
  expect(here.health.current().errors).toEqual([]);
});

it('does an event anew when somebody asks for it', async () => {
  here.map();
  here.lidarr.start();
  const { id } = await here.tell(payloads.download([{ id: 5501, path: `/music/Boards of Canada/${A}` }]));
  here.put(A);
  expect(here.track(A)).toBeUndefined();
  here.lidarr.inbound.replay(id);
  await here.lidarr.inbound.idle();
  expect(here.track(A)).toBeDefined();
});

it('never leaves the libraries, whatever paths an event names', async () => {
  here.lidarr.start();
  here.mappings.add({
    ...{ connectionId: here.id, remotePrefix: '/music', localPrefix: here.folder.path },
    ...{ priority: 0, source: 'manual', samplesOk: 0 },
  });
  for (const path of [
    '/music/../../etc/passwd',
    '/music/a\0b.mp3',
    'C:\\Windows\\x.mp3',
    '/etc/passwd',
    'relative.mp3',
  ]) {
    const { status } = await here.tell(payloads.download([{ id: 1, path }], { downloadId: path }));
    expect(['failed', 'unmapped'], path).toContain(status);
  }
  expect(here.queue.status().pending).toBe(0);
});

it('takes thousands of events of a few albums in one go: all kept, each file queued once, one batch an album', async () => {
  here.map();
  const paths = Array.from({ length: 20 }, (_, at) => here.put(`Album ${at % 4}/${at}.mp3`, 440));
  here.lidarr.start();
  const reported = Array.from({ length: 2_000 }, (_, at) => {
    const album = { id: at % 4, title: `Album ${at % 4}`, mbId: null };
    return payloads.download([{ id: at % 20, path: paths[at % 20] }], { album, downloadId: `${at}` });
  });
  await here.tellAll(reported);
  expect(here.lidarr.inbound.list(here.id, { limit: 20_000 })).toHaveLength(2_000);
  while (here.lidarr.inbound.list(here.id, { status: 'pending', limit: 1 }).length > 0)
    await here.lidarr.inbound.idle();
  expect(here.lidarr.inbound.list(here.id, { status: 'done', limit: 20_000 })).toHaveLength(2_000);
  expect(here.queue.views.listBatches(100).map(({ found }) => found)).toEqual([5, 5, 5, 5]);
}, 30_000);

it('keeps and answers what is told now before it does all of what waits', async () => {
  await here.tellAll(Array.from({ length: 200 }, (_, at) => ({ ...payloads.health(), message: `number ${at}` })));
  here.lidarr.start();
  await here.tellAll([payloads.grab()]);
  expect(here.lidarr.inbound.list(here.id, { status: 'pending', limit: 500 }).length).toBeGreaterThan(150);
  await here.lidarr.inbound.idle();
  expect(here.lidarr.inbound.list(here.id, { status: 'done', limit: 500 })).toHaveLength(201);
});
