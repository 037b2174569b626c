import { join, relative } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { type StandIn, type StandInState, startNavidrome } from '../../../../test/support/navidrome';
import { CONNECTION_KINDS } from '../../../app/connection-kinds';
import { EVENTS } from '../../../app/contract';
import type { QueueStatus } from '../../../jobs/queue/contract';
import { openDatabase } from '../../../platform/database';
import { createEventBus } from '../../../platform/events';
import { createSecretBox, randomKey } from '../../../platform/sealing';
import { createConnections } from '../../connections/connections';
import { createRescans } from '../rescans';
import { createNavidromes } from './client';
import { inspectTrack } from './diagnosis';
import { createRescanner } from './rescanner';

let server: StandIn;
let stop: () => void;
afterEach(async () => {
  stop();
  await server.stop();
});

/** A clock whose alarms ring when a test lets time pass. */
function steppedClock() {
  let now = 0;
  const alarms = new Set<{ at: number; call: () => void }>();
  return {
    now: () => now,
    after(ms: number, call: () => void) {
      const alarm = { at: now + ms, call };
      alarms.add(alarm);
      return () => void alarms.delete(alarm);
    },
    pass(ms: number) {
      now += ms;
      for (const alarm of [...alarms]) if (alarm.at <= now && alarms.delete(alarm)) alarm.call();
    },
    waiting: () => alarms.size,
  };
}

const BUSY: QueueStatus = {
  ...{ pending: 3, running: 1, completed: 0, skipped: 0, errors: 0, paused: false, avg_time: null, eta: null },
  ...{ eta_low: null, eta_high: null, speed: null, audio_done_s: 0, audio_total_s: 0 },
};
const IDLE: QueueStatus = { ...BUSY, pending: 0, running: 0 };
const ROOT = '/home/ada/Music';

async function setUp({ keepMtime = false, ...given }: Partial<StandInState> & { keepMtime?: boolean } = {}) {
  server = await startNavidrome({ libraries: [{ id: 3, name: 'Music', path: ROOT }], ...given });
  const events = createEventBus(EVENTS);
  const clock = steppedClock();
  const db = openDatabase(':memory:');
  const secretBox = createSecretBox(db, randomKey());
  const connections = createConnections({ db, events, clock: () => new Date(0), secretBox, kinds: CONNECTION_KINDS });
  const navidromes = createNavidromes(connections, { now: () => 0, after: (_ms, call) => clock.after(0, call) });
  const { id } = connections.add({ kind: 'navidrome', url: server.url, username: 'ada', secret: 'correct horse' });
  const music = {
    libraries: () => [{ id: 1, name: 'Music', root_path: ROOT, keepMtime }],
    hasTrack: () => false,
  };
  const rescanner = createRescanner({
    ...{ navidromes, music },
    localOf: async (path) => (path.startsWith(ROOT) ? { libraryId: 1, path: relative(ROOT, path) } : undefined),
  });
  const rescans = createRescans({
    ...{ events, clock: () => new Date(0), alarms: clock, connections, rescannerOf: () => rescanner },
    report: (thrown) => {
      throw thrown;
    },
  });
  stop = () => {
    rescans.stop();
    navidromes.close();
  };
  const write = (path: string) => events.emit('file.written', { path: join(ROOT, path) });
  const ends = (state: string) => vi.waitFor(() => expect(rescans.lastOf(id).state).toBe(state), { interval: 5 });
  return { events, clock, connections, navidromes, music, rescans, id, write, ends };
}

const scans = () => server.callsOf('startScan').map(({ values }) => values);

it('has the touched folders looked at with one call, once the queue has been quiet for half a minute', async () => {
  const { events, clock, write, ends } = await setUp();
  events.emit('queue.status', BUSY);
  write('Ada/One/1.flac');
  clock.pass(60_000);
  write('Ada/One/2.flac');
  write('Bob/3.flac');
  events.emit('queue.status', IDLE);
  clock.pass(29_000);
  expect(server.calls).toEqual([]);
  clock.pass(1000);
  await ends('done');
  expect(scans()).toEqual([expect.objectContaining({ target: ['3:Ada/One', '3:Bob'], fullScan: ['false'] })]);
  clock.pass(3_600_000);
  expect(scans()).toHaveLength(1);
});

it('waits no longer than ten minutes for a queue that never rests', async () => {
  const { events, clock, write, ends } = await setUp();
  events.emit('queue.status', BUSY);
  write('Ada/1.flac');
  clock.pass(9 * 60_000);
  expect(server.calls).toEqual([]);
  clock.pass(60_000);
  await ends('done');
  expect(scans()).toHaveLength(1);
});

it('reads every file of the folders where a library keeps their times, and looks at everything when there are many', async () => {
  const { clock, write, ends, rescans, id } = await setUp({ keepMtime: true });
  write('Ada/1.flac');
  clock.pass(30_000);
  await ends('done');
  expect(scans()[0]).toMatchObject({ target: ['3:Ada'], fullScan: ['true'] });
  for (let folder = 0; folder < 60; folder++) write(`${folder}/1.flac`);
  clock.pass(30_000);
  await vi.waitFor(() => expect(scans()).toHaveLength(2), { interval: 5 });
  await ends('done');
  expect(scans()[1]).not.toHaveProperty('target');
  expect(scans()[1]).toMatchObject({ fullScan: ['false'] });
  expect(rescans.lastOf(id).message).toMatch(/full scan/);
});

it('does not begin while Navidrome scans, and waits for the end of its own scan', async () => {
  const { clock, write, ends } = await setUp({ isScanning: true });
  write('Ada/1.flac');
  clock.pass(30_000);
  await vi.waitFor(() => expect(clock.waiting()).toBe(1), { interval: 5 });
  expect(scans()).toEqual([]);
  server.state.isScanning = false;
  clock.pass(30_000);
  await ends('done');
  expect(scans()).toHaveLength(1);
});

it('leaves a server alone whose setting says so', async () => {
  const { clock, write, connections, id, rescans } = await setUp();
  connections.update(id, { options: { rescanAfterTagging: false } });
  write('Ada/1.flac');
  clock.pass(30_000);
  expect(rescans.lastOf(id).state).toBe('none');
  expect(server.calls).toEqual([]);
});

it('says why it could not, and tries again when the server is back', async () => {
  const { clock, write, ends, connections, id, rescans } = await setUp();
  server.state.isBroken = true;
  write('Ada/1.flac');
  clock.pass(30_000);
  await vi.waitFor(
    () => {
      clock.pass(0);
      expect(rescans.lastOf(id).state).toBe('failed');
    },
    { interval: 5 },
  );
  expect(connections.get(id)).toMatchObject({
    state: 'failing',
    stateMessage: 'Navidrome answered with an error (503).',
  });
  server.state.isBroken = false;
  clock.pass(600_000);
  await ends('done');
  expect(connections.get(id).state).toBe('ok');
});

it('follows a tag from the file to the server and tells where it is lost', async () => {
  const song = { id: 's', libraryId: 3, path: 'Ada/1.flac', title: 'One' };
  const read = { 'nom:happy': ['0.731'], 'nom:sad': ['0.1'], 'nom:calm': ['0.5'] };
  const { navidromes, id, music } = await setUp({
    songs: [
      {
        ...song,
        rawTags: read,
        mappedTags: { nom_happy: ['0.731'], nom_sad: ['0.1'] },
        tags: { nom_happy: ['0.731'] },
      },
    ],
    config: {
      Tags: {
        nom_happy: { Aliases: ['nom:happy'] },
        nom_sad: { Aliases: ['nom:sad'], Type: 'float' },
        genre: { Aliases: ['x'] },
      },
      ...{ AutoImportPlaylists: false, PlaylistsPath: '' },
    },
  });
  const tags = { happy: ['0.731'], sad: ['0.1'], calm: ['0.5'], tonearm: ['v1'] };
  const track = { libraryId: 1, path: 'Ada/1.flac', tags };
  const about = { music, namespace: 'nom' };
  const found = await navidromes.use(id, (navidrome) => inspectTrack(navidrome, track, about));
  expect(found.tags.map(({ key, field, stage }) => [key, field, stage])).toEqual([
    ['nom:happy', 'nom_happy', 'visible'],
    ['nom:sad', 'nom_sad', 'not_scanned'],
    ['nom:calm', null, 'not_configured'],
    ['nom:tonearm', null, 'not_read'],
  ]);
  expect(found.findings.map((finding) => finding.slice(0, 12))).toEqual([
    ...['nom:tonearm:', 'nom:calm: ar', 'nom:sad: wil', 'nom:happy: a', 'Tags.genre.A', 'AutoImportPl'],
  ]);
  const other = await navidromes.use(id, (navidrome) => inspectTrack(navidrome, { ...track, path: 'No.flac' }, about));
  expect(other).toMatchObject({ songId: null, findings: [expect.stringContaining('does not have this file')] });
});
