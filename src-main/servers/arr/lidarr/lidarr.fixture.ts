import { join } from 'node:path';
import { aClock } from '../../../../test/support/alarm-clock';
import { aScheduler } from '../../../../test/support/scheduler';
import { putTone, temporaryFolder } from '../../../../test/support/small-music';
import { EVENTS, SETTINGS } from '../../../app/contract';
import type { JournalEntry } from '../../../files/safe-files';
import { payloadHash, readMetadata } from '../../../files/tag-formats';
import { createQueue, type Job, type JobResult } from '../../../jobs/queue';
import { createFileChanges, createLibraries, type FileMoved } from '../../../library/libraries';
import { tagJobKind } from '../../../library/tagging';
import { createTrackRepository, type StoredTrack } from '../../../library/tracks';
import { createAuth } from '../../../platform/auth';
import { openDatabase } from '../../../platform/database';
import { createEventBus } from '../../../platform/events';
import { createHealth } from '../../../platform/health';
import { createSecretBox, randomKey } from '../../../platform/sealing';
import { createSettings } from '../../../platform/settings';
import { createKindRegistry, type KindServices } from '../../connection-kinds';
import { createConnections } from '../../connections/connections';
import { createPathMappings } from '../../path-mapping';
import { createWebhooksIn, inboundHandlers } from '../../webhooks-in';
import { lidarrKind } from './lidarr-kind';
import { lidarrReaders } from './payloads';

const ARTIST = 'Boards of Canada';

/**
 * A library with a folder of one artist, a Lidarr that sees it as /music, and everything between them but inference and
 * the writing of tags, which are handed to the test.
 */
export async function aConnectedLibrary({ url = 'http://127.0.0.1:1/lidarr', secret = 'a-key', quietS = 20 } = {}) {
  const folder = temporaryFolder('lidarr');
  const clock = aClock();
  const db = openDatabase(':memory:');
  const unexpected: unknown[] = [];
  const report = (thrown: unknown) => void unexpected.push(thrown);
  const events = createEventBus(EVENTS, report);
  const health = createHealth({ events });
  const settings = createSettings(db, events, SETTINGS);
  const tracks = createTrackRepository(db);
  const analyzed: Job[] = [];
  const tag = async (job: Job): Promise<JobResult> => {
    analyzed.push(job);
    return { outcome: 'tagged' };
  };
  const queue = createQueue({
    ...{ db, events, settings, report, clock },
    kinds: [tagJobKind(tag, { size: 1, pausedFor: null, resume: () => {} }, clock)],
  });
  const scheduler = aScheduler(clock);
  const movedFiles: [string, string][] = [];
  const moved: FileMoved = (from, to, file) => {
    movedFiles.push([from, to]);
    queue.fileMoved(from, { ...file, path: to });
  };
  const libraries = createLibraries({
    ...{ db, tracks, events, settings, readMetadata, payloadHash, report, moved, scheduler },
    enqueueTracks: async () => ({ queued: 0, jobIds: [] }),
    knownFailures: () => new Map(),
  });
  putTone(join(folder.path, 'Other/Other/01 other.mp3'), 300);
  const library = await libraries.add(folder.path);
  const mappings = createPathMappings({
    ...{ db, events, libraryOf: libraries.libraryOf },
    isKnown: (id, path) => tracks.findByPath(id, path) !== undefined || tracks.listIdsInside(id, path).length > 0,
  });
  const kinds = { lidarr: lidarrKind };
  const secretBox = createSecretBox(db, randomKey());
  const now = () => new Date(clock.now());
  const connections = createConnections({ db, events, clock: now, secretBox, kinds });
  const connection = connections.add({ kind: 'lidarr', url, secret, options: { quietS } });
  const auth = createAuth({ db, clock: now });
  const ourTags = new Map<string, Record<string, string[]>>();
  const rewritten: StoredTrack[] = [];
  const written: Pick<JournalEntry, 'after'>[] = [];
  const registry = createKindRegistry(kinds);
  const inbound = createWebhooksIn({
    ...{ db, events, health, connections, report, clock },
    webhookOf: registry.capability('webhook'),
    catchUpOf: registry.capability('catchUp'),
  });
  const services: Partial<KindServices> = {
    ...{ db, events, health, connections, mappings, tracks, queue, secretBox, report, alarms: clock, keys: auth.keys },
    files: createFileChanges({ db, tracks, events, readMetadata, payloadHash, moved, getLibrary: libraries.get }),
    webhooksIn: inbound,
    writer: { list: () => written.map((entry) => ({ state: 'written', ...entry })) as never },
    readOurTags: async (path) => ourTags.get(path) ?? {},
    async rewrite(track) {
      rewritten.push(track);
      return { done: 'written', changes: 1 };
    },
    listener: () => ({ port: 8356, isLan: false }),
    readContained: async (name, input) =>
      (lidarrReaders[name as keyof typeof lidarrReaders].read as (input: object) => Promise<never>)(input),
    filesOfSizes: async () => [],
  };
  const { lidarr: handlers } = registry.create(services as KindServices);
  const { receive } = inboundHandlers(inbound);
  for (const task of [...inbound.tasks, ...registry.tasks()]) scheduler.add(task);
  const lidarr = {
    ...{ inbound, handlers },
    start(): void {
      registry.start();
      inbound.start();
      scheduler.start();
    },
    async stop(): Promise<void> {
      await scheduler.stop();
      await inbound.stop();
      await registry.stop();
    },
  };
  const map = () =>
    mappings.add({
      ...{ connectionId: connection.id, remotePrefix: '/music', localPrefix: folder.path },
      ...{ priority: 0, source: 'manual', samplesOk: 0 },
    });
  const tellOnly = async (payload: unknown) => {
    const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
    return receive({ kind: 'lidarr', connectionId: connection.id, format: 'webhook', body }, { transport: 'http' });
  };
  const tell = async (payload: unknown) => {
    const answer = await tellOnly(payload);
    await lidarr.inbound.idle();
    return lidarr.inbound.get(answer.id);
  };
  return {
    ...{
      folder,
      clock,
      db,
      events,
      health,
      tracks,
      queue,
      analyzed,
      libraries,
      library,
      mappings,
      connections,
      connection,
    },
    tellAll: (reported: readonly unknown[]) => Promise.all(reported.map(tellOnly)),
    ...{ auth, ourTags, rewritten, written, lidarr, map, tell, movedFiles, unexpected },
    id: connection.id,
    /** A real file of the artist; the server's path of it. */
    put(name: string, hertz = 440, tags: Record<string, string> = { artist: ARTIST, album: 'Geogaddi' }): string {
      putTone(join(folder.path, ARTIST, name), hertz, tags);
      return `/music/${ARTIST}/${name}`;
    },
    local: (name: string) => join(folder.path, ARTIST, name),
    track: (name: string) => tracks.findByPath(library.id, `${ARTIST}/${name}`),
    /** Moves the time on and lets what is due be done. */
    async pass(ms: number) {
      clock.advance(ms);
      await lidarr.inbound.idle();
    },
    async stop() {
      await lidarr.stop();
      await queue.stop();
      folder.remove();
      if (unexpected.length > 0) throw unexpected[0];
    },
  };
}
export type ConnectedLibrary = Awaited<ReturnType<typeof aConnectedLibrary>>;

/** A busy machine takes its time to read files. */
const TIMEOUT_MS = 20_000;

/** Lets promises and the disk go on until something holds. */
export async function settled(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + TIMEOUT_MS;
  while (!holds() && performance.now() < deadline) await new Promise((resolve) => setImmediate(resolve));
  if (!holds()) throw new Error('It did not come to hold.');
}
