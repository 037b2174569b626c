import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type AlarmClock, wallClock } from '../../platform/clock';
import type { Database } from '../../platform/database';
import type { EventBus } from '../../platform/events';
import { insideOf } from '../../platform/paths';
import type { Scheduler } from '../../platform/scheduler';
import type { SettingsStore } from '../../platform/settings';
import { AppError } from '../../rpc';
import type { TrackRepository } from '../tracks';
import type { TracksEvents } from '../tracks/contract';
import { EXTENSIONS } from './audio-folders';
import { browse } from './browse';
import type { LibrariesEvents, LibrariesSettings, Library } from './contract';
import { createLibraryChanges } from './library-changes';
import { type LibraryPlace, libraryOf } from './library-roots';
import type { FileMoved, FileReaders, ScanRegion } from './scan';
import { type ListFolder, listFolder } from './scan';
import { createScanHistory } from './scan-history';
import { createScans, type EnqueueTracks, type RunningScan } from './scans';
import { confine, createLibraryRepository } from './store';
import { createWatching } from './watch';

export interface LibrariesDeps extends FileReaders {
  readonly db: Database;
  readonly tracks: TrackRepository;
  readonly events: EventBus<LibrariesEvents & TracksEvents>;
  readonly settings: Pick<SettingsStore<LibrariesSettings>, 'current'>;
  /** Runs the regular checks of libraries that want them. */
  readonly scheduler: Pick<Scheduler, 'add'>;
  readonly enqueueTracks: EnqueueTracks;
  /** Tracks that a scan does not queue, because their analysis failed and would fail again, each with the reason. */
  readonly knownFailures: (libraryId: number) => ReadonlyMap<number, string>;
  readonly moved: FileMoved;
  readonly report: (thrown: unknown) => void;
  /** Called with the folder of a library that was offline and is there again, before anything works in it. */
  readonly isBack?: (rootPath: string) => Promise<unknown>;
  /** Called before a library is forgotten, so that nothing works on its files any more. */
  readonly leaves?: (id: number) => Promise<unknown>;
  /** How folders are read; a test may let one fail. */
  readonly listFolder?: ListFolder;
  readonly clock?: AlarmClock;
}

export interface ScanChoices {
  /** Absolute, or relative to the library's root; all of the library without them. */
  readonly paths?: readonly string[];
  readonly recursive?: boolean;
  readonly force?: boolean;
  readonly markMissing?: boolean;
  readonly acceptMissing?: boolean;
  /** Hand to the queue what is new; the rule where the settings say so. */
  readonly enqueue?: boolean;
}

const WHOLE = { regions: [], force: false, markMissing: true, acceptMissing: false, enqueue: true };

/** The library folders: adding, changing, forgetting and scanning them. */
export function createLibraries(deps: LibrariesDeps) {
  const { db, tracks, clock = wallClock } = deps;
  const repository = createLibraryRepository(db, tracks);
  const history = createScanHistory(db);
  const scans = createScans({ listFolder, ...deps, libraries: repository, history, extensions: EXTENSIONS });
  const watching = createWatching({
    ...{ listFolder, ...deps, clock, libraries: repository, extensions: EXTENSIONS },
    scan: scanFolders,
    scanWhole,
  });
  repository.resetScanning();

  /** What happened to its files while a library was offline, nobody noticed. */
  function scanWhole(id: number): void {
    if (!scans.isRunning(id)) scans.start(repository.get(id), WHOLE);
  }

  /** Not while another scan runs, or while a person is asked what became of the files. */
  async function scanFolders({ id }: Library, folders: readonly string[]): Promise<boolean> {
    const library = repository.get(id);
    if (!['pending', 'ready'].includes(library.state) || scans.isRunning(id)) return false;
    const regions = folders.map((folder) => ({ folder, recursive: false }));
    await scans.start(library, { regions, force: false, markMissing: true, acceptMissing: false, enqueue: true }).ended;
    return true;
  }

  return {
    ...createLibraryChanges({ ...deps, libraries: repository, scans }),
    list: (): Library[] => repository.list(),
    get: (id: number): Library => repository.get(id),
    listErrors: (id: number) => [...repository.listErrors(id, 5000), ...tracks.listFailed(id, 5000)],
    /** The library that is meant where none is named. Throws `not_found` while there is none. */
    getDefault(): Library {
      const found = repository.list().find(({ is_default }) => is_default);
      if (!found) throw new AppError('not_found', 'There is no library yet.');
      return found;
    },
    /** What lies in a folder inside a library. Throws `outside_library`, `not_found`, `busy` without a library. */
    browse: (path: string) => browse(path, repository.list()),
    /** The number of the library that holds a path whose links are followed already; null outside all of them. */
    idAt: (real: string): number | null =>
      repository.list().find(({ root_path }) => insideOf(root_path, real) !== null)?.id ?? null,
    /** The library that holds an absolute path, by real path: a link that leads out of it is not in it. */
    libraryOf: (path: string): Promise<LibraryPlace | undefined> => libraryOf(path, repository.list()),

    /** Begins a scan. Throws `not_found`, `outside_library`, and `conflict` while one runs. */
    async scan(id: number, choices: ScanChoices = {}): Promise<RunningScan> {
      const regions = await regionsOf(repository.get(id), choices);
      const { force = false, markMissing = true, acceptMissing = false, enqueue = true } = choices;
      return scans.start(repository.get(id), { regions, force, markMissing, acceptMissing, enqueue });
    },
    cancelScan(id: number): Promise<boolean> {
      repository.get(id);
      return scans.cancel(id);
    },
    pauseScans: scans.pause,
    resumeScans: scans.resume,
    hasPausedScans: (): boolean => scans.isPaused,
    isScanning: (id: number): boolean => scans.isRunning(id),
    /** Earlier scans, the latest first: of one library, or of all. */
    listScans: history.list,

    /** Begins to notice what changes between scans. */
    watch: watching.start,
    /** Asks the disk whether a library's folder is there; its state follows. */
    isOnline: watching.isOnline,
    offline: watching.offline,
    onlineCheckTask: watching.onlineCheckTask,
    /** Ends every scan; what they found so far is kept. */
    stop(): Promise<void> {
      watching.stop();
      return scans.stop();
    },
  };
}
export type Libraries = ReturnType<typeof createLibraries>;

/** A path that names a file stands for its folder alone. */
async function regionsOf(library: Library, { paths = [], recursive = true }: ScanChoices): Promise<ScanRegion[]> {
  const regions: ScanRegion[] = [];
  for (const path of paths) {
    const inside = await confine(library.root_path, path);
    const isFile = await stat(resolve(library.root_path, inside)).then(
      (stats) => stats.isFile(),
      () => false,
    );
    const folder = isFile ? inside.slice(0, Math.max(0, inside.lastIndexOf('/'))) : inside;
    regions.push({ folder, recursive: recursive && !isFile });
  }
  return regions;
}
