import type { JobSource } from '../../jobs/queue';
import type { SettingsStore } from '../../platform/settings';
import { AppError } from '../../rpc';
import type { LibrariesSettings, Library } from './contract';
import { createGate } from './gate';
import {
  createProgress,
  type Progress,
  type ScanDeps,
  type ScanRequest,
  type ScanResult,
  type ScanSummary,
  scan,
  settle,
} from './scan';
import type { ScanHistory } from './scan-history';
import { SCAN_SOURCE } from './scan-job';

/** Hands tracks to the queue; tells what came of it. */
export type EnqueueTracks = (
  trackIds: readonly number[],
  options: {
    source: JobSource;
    libraryId: number;
    force: boolean;
    writeTags: boolean;
    passed: Readonly<Record<string, number>>;
  },
) => Queued | Promise<Queued>;
interface Queued {
  readonly queued: number;
  readonly jobIds: readonly number[];
}

export interface ScansDeps extends ScanDeps {
  readonly settings: Pick<SettingsStore<LibrariesSettings>, 'current'>;
  readonly history: Pick<ScanHistory, 'add'>;
  readonly enqueueTracks: EnqueueTracks;
  /** Tracks whose analysis failed and would fail again, by id, each with the reason. */
  readonly knownFailures: (libraryId: number) => ReadonlyMap<number, string>;
  /** Told what should never happen, so that the log keeps it. */
  readonly report: (thrown: unknown) => void;
}

export interface RunningScan {
  readonly progress: Progress;
  /** Never rejects: what went wrong is in the summary. */
  readonly ended: Promise<ScanSummary>;
}

interface Running extends RunningScan {
  readonly cancel: AbortController;
}

/** The scans that run now: one for each library at most. */
export function createScans(deps: ScansDeps) {
  const running = new Map<number, Running>();
  const gate = createGate();

  function start(library: Library, request: ScanRequest): RunningScan {
    if (running.has(library.id)) throw new AppError('conflict', `"${library.name}" is being scanned already.`);
    const progress = createProgress(library.id, deps.events);
    const cancel = new AbortController();
    deps.libraries.setState(library.id, 'scanning', null);
    deps.events.emit('libraries.changed', {});
    const { signal } = cancel;
    const patient = { ...deps, ...waitingAt(() => gate.pass(signal), deps) };
    const ended = run(library, request, patient, { progress, signal }).finally(() => {
      running.delete(library.id);
      deps.events.emit('libraries.changed', {});
    });
    running.set(library.id, { progress, ended, cancel });
    return { progress, ended };
  }

  async function cancel(libraryId: number): Promise<boolean> {
    const scan = running.get(libraryId);
    scan?.cancel.abort();
    await scan?.ended;
    return scan !== undefined;
  }

  return {
    /** Throws `conflict` while the library is scanned. */
    start,
    isRunning: (libraryId: number): boolean => running.has(libraryId),
    /** Lets every scan wait where it is, and those that begin, until `resume`; not kept over a restart. */
    pause: gate.shut,
    resume: gate.open,
    get isPaused(): boolean {
      return gate.isShut;
    },
    /** Resolves when the scan has ended; what it found so far is kept. False when there was none. */
    cancel,
    /** Ends every scan. */
    async stop(): Promise<void> {
      await Promise.all([...running.keys()].map(cancel));
    },
  };
}
export type Scans = ReturnType<typeof createScans>;

/** Scans look into folders and files through these, so that here is where they can be made to wait. */
function waitingAt(pass: () => Promise<void>, { listFolder, readMetadata }: ScansDeps) {
  return {
    listFolder: (...args: Parameters<typeof listFolder>) => pass().then(() => listFolder(...args)),
    readMetadata: (path: string) => pass().then(() => readMetadata(path)),
  };
}

interface Run {
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

async function run(library: Library, request: ScanRequest, deps: ScansDeps, run: Run): Promise<ScanSummary> {
  const startedAt = new Date();
  const result = await scan(library, request, deps, run).catch((thrown): ScanResult => {
    const nothing = { unchanged: 0, passedOver: {} };
    if (run.signal.aborted) return { outcome: 'cancelled', message: 'The last scan was cancelled.', ...nothing };
    deps.report(thrown);
    return { outcome: 'failed', message: 'The last scan failed. The log has the details.', ...nothing };
  });
  run.progress.begin('finish');
  const queued = await handOver(library, request, deps, result).catch((thrown) => {
    deps.report(thrown);
    return NOTHING;
  });
  const { found, added, changed, moved, missing, errors } = run.progress.numbers;
  const summary = { ...result, found, added, changed, moved, missing, errors, ...queued };
  try {
    settle({ libraries: deps.libraries, tracks: deps.tracks, libraryId: library.id }, summary);
    deps.history.add(library.id, startedAt, summary, request.regions.length === 0);
  } catch (thrown) {
    deps.report(thrown);
  }
  if (added + changed + moved + missing > 0) deps.events.emit('tracks.changed', { ids: [] });
  run.progress.begin('ended');
  deps.events.emit('scan.ended', { libraryId: library.id, outcome: summary.outcome, message: messageOf(summary) });
  return summary;
}

/** What a scan has to say besides its numbers; a question with the way to answer it. */
export function messageOf({ outcome, message }: Pick<ScanSummary, 'outcome' | 'message'>): string | null {
  return outcome === 'guarded' ? `${message} A scan with "acceptMissing": true says yes.` : message;
}

const NOTHING: Queued = { queued: 0, jobIds: [] };

/**
 * Gives the queue what was not analyzed yet, but for what would fail again; or with `force` everything that was
 * looked at.
 */
async function handOver(library: Library, request: ScanRequest, deps: ScansDeps, result: ScanResult): Promise<Queued> {
  const isUsable = result.outcome === 'done' || result.outcome === 'guarded';
  if (!isUsable || !request.enqueue || !deps.settings.current.library_auto_tag) return NOTHING;
  const show = request.force ? 'all' : 'unanalyzed';
  const folders = request.regions.length > 0 ? request.regions.map(({ folder }) => folder) : [''];
  const found = [...new Set(folders.flatMap((folder) => deps.tracks.listIdsInside(library.id, folder, show)))];
  const knownFailures = request.force ? new Map<number, string>() : deps.knownFailures(library.id);
  const ids = found.filter((id) => !knownFailures.has(id));
  if (ids.length === 0) return NOTHING;
  const passed = countBy(found.flatMap((id) => knownFailures.get(id) ?? []));
  const options = { libraryId: library.id, force: request.force, writeTags: library.autoWrite, passed };
  return deps.enqueueTracks(ids, { source: SCAN_SOURCE, ...options });
}

function countBy(reasons: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const reason of reasons) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}
