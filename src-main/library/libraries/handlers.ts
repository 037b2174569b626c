import type { HandlersOf } from '../../rpc';
import { AppError } from '../../rpc';
import type { TrackRepository } from '../tracks';
import type { librariesContract } from './contract';
import type { Libraries, ScanChoices } from './libraries';
import type { ScanSummary } from './scan';
import { messageOf, type RunningScan } from './scans';
import { sayPassedOver } from './store';

/** A caller over HTTP waits this long for a scan; a longer one goes on without them. */
const SCAN_TIMEOUT_MS = 2000;

/** Serves the contract of libraries. */
export function librariesHandlers(
  libraries: Libraries,
  tracks: Pick<TrackRepository, 'count' | 'countArtists' | 'countAlbums'>,
  timeoutMs = SCAN_TIMEOUT_MS,
): HandlersOf<typeof librariesContract> {
  return {
    list: ({ enabled_only }) => libraries.list().filter((library) => enabled_only === 'false' || library.is_enabled),
    stats() {
      const { present, durationMs } = tracks.count();
      return {
        total_files: present,
        unique_artists: tracks.countArtists(),
        unique_albums: tracks.countAlbums(),
        total_duration_seconds: durationMs / 1000,
      };
    },
    get: ({ id }) => libraries.get(id),
    getDefault: () => libraries.getDefault(),
    setDefault: ({ id }) => libraries.setDefault(id),
    browse: ({ path }) => libraries.browse(path),
    check: async ({ root_path }) => ({ root_path: await libraries.check(root_path) }),
    add: ({ root_path, ...choices }) => libraries.add(root_path, choices),
    update: ({ id, ...changes }) => libraries.update(id, changes),
    remove: ({ id }) => libraries.remove(id),
    async scan({ id, clean_missing: markMissing, ...choices }) {
      const { state, stateMessage } = libraries.get(id);
      const question = state === 'guarded' && !choices.acceptMissing ? stateMessage : null;
      return scanResponse(await libraries.scan(id, { ...choices, markMissing }), timeoutMs, question);
    },
    cancelScan: async ({ id }) => ({ cancelled: await libraries.cancelScan(id) }),
    errors({ id }) {
      libraries.get(id);
      return { items: libraries.listErrors(id) };
    },
    history: ({ library, limit }) => ({ items: libraries.listScans(limit, library) }),
    async scanPath({ path, recursive, force }) {
      const started =
        path === undefined
          ? await scanAll(libraries, force)
          : [await scanAround(libraries, path, { recursive, force })];
      const ended = await Promise.all(started.map((scan) => endedWithin(scan, timeoutMs)));
      const scanned = started.reduce((sum, scan) => sum + scan.progress.numbers.found, 0);
      const enqueued = ended.reduce((sum, summary) => sum + (summary?.queued ?? 0), 0);
      return { status: 'ok', scanned, enqueued };
    },
  };
}

async function scanAround(libraries: Libraries, path: string, choices: ScanChoices): Promise<RunningScan> {
  const place = await libraries.libraryOf(path);
  if (!place) throw new AppError('outside_library', `${path} is in none of the libraries.`);
  return libraries.scan(place.library.id, { ...choices, paths: place.path === '' ? [] : [path] });
}

function scanAll(libraries: Libraries, force: boolean): Promise<RunningScan[]> {
  const idle = libraries.list().filter(({ id, is_enabled }) => is_enabled && !libraries.isScanning(id));
  return Promise.all(idle.map(({ id }) => libraries.scan(id, { force })));
}

async function endedWithin({ ended }: RunningScan, ms: number): Promise<ScanSummary | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, ms, null);
  });
  return Promise.race([ended, late]).finally(() => clearTimeout(timer));
}

async function scanResponse(scan: RunningScan, timeoutMs: number, question: string | null) {
  const summary = await endedWithin(scan, timeoutMs);
  const { found } = scan.progress.numbers;
  return {
    queued: summary?.queued ?? 0,
    status: 'queued' as const,
    message: summary
      ? describe(summary)
      : [`The scan has begun and goes on; ${found} files found so far.`, NOT_FINAL, asked(question)].join(' ').trim(),
    stats: {
      files_discovered: summary?.found ?? found,
      files_queued: summary?.queued ?? 0,
      files_skipped: summary?.unchanged ?? 0,
      files_removed: summary?.outcome === 'done' ? summary.missing : 0,
      passed_over: summary?.passedOver ?? {},
      job_ids: [...(summary?.jobIds ?? [])],
    },
  };
}

const NOT_FINAL =
  'The numbers here are not final: how it ends, and what it may have to ask, is the "state" and "stateMessage" of the library and the event "scan.ended".';

/** What the scan before had to ask, which this one will ask again. */
const asked = (question: string | null) =>
  question === null ? '' : `The last scan asked: ${messageOf({ outcome: 'guarded', message: question })}`;

function describe(summary: ScanSummary): string {
  const { outcome, found, added, changed, moved, missing, errors, passedOver } = summary;
  const message = messageOf(summary);
  if (message) return message;
  if (outcome !== 'done') return `The scan ended: ${outcome}.`;
  const parts = { added, changed, moved, missing, unreadable: errors };
  const some = Object.entries(parts).filter(([, count]) => count > 0);
  const numbers = some.map(([name, count]) => `${count} ${name}`).join(', ') || 'nothing changed';
  const besides = sayPassedOver(passedOver);
  return `The scan has ended. ${found} files found: ${numbers}.${besides ? ` ${besides}` : ''}`;
}
