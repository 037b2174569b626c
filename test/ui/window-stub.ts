import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contract, EVENTS, Settings } from '../../src-main/app/contract';
import { ERROR_FAMILIES } from '../../src-main/app/error-families';
import { createPlaylistQueries, createPlaylists } from '../../src-main/discovery/playlists';
import type { PlaylistsEvents } from '../../src-main/discovery/playlists/contract';
import { aMusicLibrary } from '../../src-main/discovery/playlists/library.fixture';
import { createSafeFiles } from '../../src-main/files/safe-files';
import { auditHandlers, openAuditLog } from '../../src-main/platform/audit';
import { authHandlers, createAuth } from '../../src-main/platform/auth';
import { openDatabase, readHere } from '../../src-main/platform/database';
import { createEventBus, type EventBus } from '../../src-main/platform/events';
import { logTo } from '../../src-main/platform/logs';
import { AppError } from '../../src-main/rpc/errors';
import { type HandlersOf, routesOf } from '../../src-main/rpc/routes';
import { createHttpServer } from '../../src-main/transport/http';
import { analyticsHandlers } from './window-analytics';
import { stubConnections } from './window-connections';
import {
  aBatch,
  aCalibration,
  aJob,
  aLabelView,
  aLibrary,
  aModel,
  aMoodPreview,
  aStatus,
  aTrack,
  aTrackDetail,
} from './window-fixtures';
import { anImportPreview } from './window-import';
import { planHandlers } from './window-plans';
import { aSequence, aSimilarTrack, BASIS } from './window-similar';

const UI = new URL('../../out/renderer', import.meta.url).pathname;

/** The real domain over a small library that three heads have scored. */
function aPlaylistDomain(
  events: EventBus<PlaylistsEvents>,
  settings: () => Settings,
  libraries: ReturnType<typeof aLibrary>[],
) {
  const db = aMusicLibrary(
    ['Paper boats', 'Nine lights', 'Undertow', 'Salt'].map((title, i) => ({
      title,
      artist: ['Ottoline', 'Río Seco'][i % 2],
      album: 'Tides',
      year: 1999 + i,
      scores: { 'mood_happy/happy': 0.4 + i / 6, 'danceability/danceable': 0.9 - i / 10, 'msd_tags/rock': 0.6 },
      moods: { happy: 2 as const },
    })),
  );
  const reader = readHere(createPlaylistQueries(db));
  const parts = {
    db,
    safeFiles: createSafeFiles({ db }),
    reader,
    events,
    libraries: { list: () => libraries },
    folder: '/nowhere',
  };
  const playlists = createPlaylists({
    ...parts,
    settings: {
      get current() {
        return settings();
      },
    },
  });
  return playlists.handlers;
}

interface StubOptions {
  tracks?: number;
  libraries?: ReturnType<typeof aLibrary>[];
  /** Nothing waits, nothing was analyzed. */
  isIdle?: boolean;
  /** Folder of the built page; what was built last without. */
  ui?: string;
}

/** The real HTTP door and the real page before made-up domains, for what needs a library of a certain shape. */
export async function startStub({
  tracks = 100_000,
  libraries = [aLibrary()],
  isIdle = false,
  ui = UI,
}: StubOptions = {}) {
  const db = openDatabase(':memory:');
  const events = createEventBus(EVENTS);
  let passedMs = 0;
  const clock = () => new Date(Date.now() + passedMs);
  const auditLog = join(mkdtempSync(join(tmpdir(), 'tonearm-stub-')), 'audit.log');
  const audit = openAuditLog({ file: auditLog, clock });
  const auth = createAuth({ db, clock, audit, cost: { cost: 2 ** 10, blockSize: 8, parallel: 1 } });
  await auth.passwords.set('correct horse');
  const asked: { name: string; input: unknown }[] = [];
  let settings = Settings.parse({});
  let status = aStatus(isIdle ? { pending: 0, running: 0, completed: 0, skipped: 0, errors: 0 } : {});
  const jobs = Array.from({ length: isIdle ? 0 : 40 }, (_, index) => aJob(40 - index));

  const answers: { [D in keyof typeof contract]?: Partial<HandlersOf<(typeof contract)[D]>> } = {
    health: {},
    nomarr: {},
    audit: auditHandlers(auditLog),
    auth: authHandlers(auth),
    libraries: {
      list: () => libraries,
      check({ root_path }) {
        if (root_path.endsWith('Musik')) throw new AppError('invalid_input', `The folder ${root_path} is not there.`);
        return { root_path };
      },
      add({ root_path }) {
        libraries.push(aLibrary({ name: 'New', root_path, state: 'scanning' }));
        return libraries.at(-1)!;
      },
      remove({ id }) {
        libraries.splice(
          libraries.findIndex((library) => library.id === id),
          1,
        );
        return { removedTracks: 0 };
      },
      scan: () => ({
        queued: 0,
        message: 'queued',
        status: 'queued',
        stats: {
          files_discovered: 0,
          files_queued: 0,
          files_skipped: 0,
          files_removed: 0,
          passed_over: {},
          job_ids: [],
        },
      }),
      update: ({ id, ...changes }) => Object.assign(libraries.find((library) => library.id === id)!, changes),
    },
    tracks: {
      list({ query, offset, limit }) {
        const total = query === '' ? tracks : 3;
        const length = Math.max(0, Math.min(limit, total - offset));
        return { total, items: Array.from({ length }, (_, index) => aTrack(offset + index)) };
      },
      get: ({ id }) => aTrackDetail(id),
    },
    queue: {
      status: () => status,
      list({ status: wanted, offset, limit }) {
        const found = jobs.filter((job) => wanted === undefined || job.status === wanted);
        return {
          jobs: found.slice(offset, offset + limit),
          total: found.length,
          limit,
          offset,
          counts: { pending: 20, running: 2, done: 16, error: 2 },
        };
      },
      batches: () => ({ items: [{ ...aBatch(), can_undo: true }] }),
      batch: ({ batch_id }) => ({ ...aBatch(), id: batch_id }),
      batchJobs: () => ({ jobs: jobs.filter((job) => job.status === 'error') }),
      cancelBatch: () => ({ cancelled: 5 }),
      clearPending: () => ({ removed: 20, status: 'success', message: '', clearing: 7 }),
      restore: () => ({ restored: 20 }),
      pause: () => setPaused(true),
      resume: () => setPaused(false),
    },
    writePlans: planHandlers(events),
    tagging: {
      undoBatch: () => ({ undone: 3, refused: [] }),
      stale: () => ({ files: 3412, otherNames: 0, libraries: [{ libraryId: 1, files: 3412, otherNames: 0 }] }),
    },
    calibration: {
      versions: () => ({
        items: [aCalibration(2), aCalibration(1, { isActive: true, activatedAt: '2026-11-20T18:30:00.000Z' })],
        library: { analysisVersion: 'v1', tracks: 860, labels: 2, advice: '860 tracks will do.' },
      }),
      version: ({ id }) => ({
        calibration: aCalibration(id),
        labels: [aLabelView('mood_happy', 'happy'), aLabelView('mood_happy', 'non_happy')],
        against: null,
        drift: [],
      }),
      preview: () => ({
        ...{ tracks: 860, changed: 412, files: 390 },
        moods: [aMoodPreview('happy', 120, 8), aMoodPreview('relaxed', 4, 31)],
      }),
      activate: () => ({ queued: 860, message: 'queued', job_id: 1 }),
    },
    playlistImport: {
      preview: ({ name, encoding }) => ({
        ...anImportPreview(),
        encoding: encoding ?? 'windows-1252',
        isEncodingGuessed: encoding === undefined && name.endsWith('.m3u'),
      }),
      match: ({ trackId }) => ({ remembered: trackId !== null }),
      save: ({ name }) => ({ playlistId: 1, fileName: `${name}.m3u8`, content: '' }),
    },
    similarity: {
      similar: ({ limit }) => ({ ...BASIS, items: aSequence(limit + 1).flatMap(aSimilarTrack) }),
      mix: ({ limit }) => ({ ...BASIS, items: aSequence(limit), smoothness: 0.78 }),
      path: ({ steps }) => ({ ...BASIS, items: aSequence(steps + 2), smoothness: 0.81 }),
    },
    analytics: analyticsHandlers,
    ...stubConnections(events),
    models: {
      list: () => ({
        models: [
          aModel('msd-musicnn-1', 'embedding'),
          aModel('mood_happy'),
          aModel('mood_sad'),
          aModel('voice', 'softmax', 'available'),
        ],
        publisher: 'essentia.upf.edu',
        licence: {
          name: 'CC BY-NC-SA 4.0',
          url: 'https://creativecommons.org/licenses/by-nc-sa/4.0/',
          summary: 'Not for commercial use.',
        },
        unavailable: null,
      }),
    },
    playlists: aPlaylistDomain(events, () => settings, libraries),
    backups: {
      list: () => ({
        ...{ folder: '/home/anna/.local/share/tonearm/backups', databaseBytes: 412_000_000 },
        items: (['daily', 'manual', 'migration'] as const).map((reason, index) => ({
          name: `2026-11-${20 - index}T18-30-00Z-${reason}.db`,
          reason,
          createdAt: `2026-11-${20 - index}T18:30:00.000Z`,
          sizeBytes: 410_000_000 - index,
        })),
      }),
    },
    settings: {
      get: () => settings,
      update(changes) {
        settings = { ...settings, ...changes };
        return settings;
      },
    },
  };

  function setPaused(paused: boolean) {
    status = { ...status, paused };
    events.emit('queue.status', status);
    return { status: 'success' as const, message: '', worker_enabled: !paused };
  }

  const routes = Object.entries(contract).flatMap(([domain, procedures]) =>
    routesOf(domain, procedures, recorded(domain, answers[domain as keyof typeof contract]), (_name, thrown) => {
      throw thrown;
    }),
  );

  function recorded(domain: string, given: object = {}) {
    const wrapped = Object.entries(given).map(([name, answer]) => [
      name,
      (input: unknown, caller: unknown) => {
        asked.push({ name: `${domain}.${name}`, input });
        return (answer as (input: unknown, caller: unknown) => unknown)(input, caller);
      },
    ]);
    return Object.fromEntries(wrapped) as never;
  }

  const log = logTo({ write: () => {} }, 'error');
  const errorFamilies = ERROR_FAMILIES;
  const server = createHttpServer({ routes, errorFamilies, auth, events, log, version: '0.0.0', ui, port: 0 });
  const { port } = await server.listen();
  return {
    base: `http://127.0.0.1:${port}`,
    password: 'correct horse',
    /** What the clock of log-ins and sessions says. */
    clock,
    passTime(ms: number) {
      passedMs += ms;
    },
    asked,
    events,
    /** Changes a job and tells of it, as a worker would. */
    changeJob(id: number, changes: { phase: string; phase_label: string; progress: number }) {
      const job = Object.assign(jobs.find((candidate) => candidate.id === id)!, changes);
      const { kind, path, reason } = job;
      events.emit('job.changed', { id, kind, path, reason, status: 'running', error: null, ...changes });
    },
    link: () => `http://127.0.0.1:${port}/#login=${auth.loginTickets.issue(true)}`,
    close: () => server.close(),
  };
}
export type Stub = Awaited<ReturnType<typeof startStub>>;
