import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, resolve } from 'node:path';
import { AUDIO_EXTENSIONS } from '../../analysis/audio';
import { type AlarmClock, wallClock } from '../../platform/clock';
import type { Database } from '../../platform/database';
import type { EventBus } from '../../platform/events';
import { insideOf } from '../../platform/paths';
import type { SettingsStore } from '../../platform/settings';
import { AppError } from '../../rpc';
import type { TrackRepository } from '../tracks';
import type { TracksEvents } from '../tracks/contract';
import { browse } from './browse';
import type { LibrariesEvents, LibrariesSettings, Library } from './contract';
import type { FileReaders, Region } from './scan';
import { type ListFolder, listFolder } from './scan';
import { createScanHistory } from './scan-history';
import { createScans, type EnqueueTracks, type RunningScan } from './scans';
import { confine, createLibraryRepository, type LibraryChoices, realPathOf, refuseTricks } from './store';
import { createWatching } from './watch';

export interface LibrariesDeps extends FileReaders {
  readonly db: Database;
  readonly tracks: TrackRepository;
  readonly events: EventBus<LibrariesEvents & TracksEvents>;
  readonly settings: Pick<SettingsStore<LibrariesSettings>, 'current'>;
  readonly enqueueTracks: EnqueueTracks;
  /**
   * Tracks that a scan does not queue, because they were listened to in vain and would be again, each with the reason.
   */
  readonly knownFailures: (libraryId: number) => ReadonlyMap<number, string>;
  /** Told of each file that a scan found at another place, by absolute paths. */
  readonly moved: (from: string, to: string) => void;
  readonly report: (thrown: unknown) => void;
  /** Called with the folder of a library that was offline and is there again, before anything works in it. */
  readonly isBack?: (rootPath: string) => Promise<unknown>;
  /** Called before a library is forgotten, so that nothing works on its files any more. */
  readonly leaves?: (id: number) => Promise<unknown>;
  /** How folders are read; a test may let one fail. */
  readonly listFolder?: ListFolder;
  readonly clock?: AlarmClock;
}

/** A place inside a library. */
export interface LibraryPlace {
  readonly library: Library;
  /** Relative to the library's root, forward slashes; empty for the root. */
  readonly path: string;
  /** Absolute, all links followed as far as it exists. */
  readonly real: string;
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

/** Without the dot. */
const EXTENSIONS: ReadonlySet<string> = new Set(AUDIO_EXTENSIONS.map((extension) => extension.slice(1)));

/** The library folders: adding, changing, forgetting and scanning them. */
export function createLibraries(deps: LibrariesDeps) {
  const { db, tracks, events, settings, clock = wallClock } = deps;
  const repository = createLibraryRepository(db, tracks);
  const history = createScanHistory(db);
  const scans = createScans({ listFolder, ...deps, libraries: repository, history, extensions: EXTENSIONS });
  const watching = createWatching({
    ...{ listFolder, ...deps, clock, libraries: repository, extensions: EXTENSIONS },
    scan: scanFolders,
  });
  repository.resetScanning();

  /** Throws `invalid_input` when the folder cannot be used, `conflict` when it overlaps another library. */
  async function rootOf(path: string): Promise<string> {
    const root = await usableFolder(path);
    refuseOverlap(root, repository.list());
    return root;
  }

  async function removeTracks(id: number): Promise<number> {
    let removed = 0;
    for (let some = -1; some !== 0; removed += some) {
      some = tracks.removeSome(id, 200);
      await new Promise(setImmediate);
    }
    tracks.pruneAlbums();
    return removed;
  }

  /** Not while another scan runs, or while a person is asked what became of the files. */
  async function scanFolders({ id }: Library, folders: readonly string[]): Promise<boolean> {
    const library = repository.get(id);
    if (library.state !== 'ready' || scans.isRunning(id)) return false;
    const regions = folders.map((folder) => ({ folder, recursive: false }));
    await scans.start(library, { regions, force: false, markMissing: true, acceptMissing: false, enqueue: true }).ended;
    return true;
  }

  return {
    list: (): Library[] => repository.list(),
    get: (id: number): Library => repository.get(id),
    listErrors: (id: number) => [...repository.listErrors(id, 5000), ...tracks.listFailed(id, 5000)],

    check: rootOf,
    /** Throws as `check` does. */
    async add(rootPath: string, choices: Partial<LibraryChoices> = {}): Promise<Library> {
      const root = await rootOf(rootPath);
      const name = uniqueName(choices.name ?? (basename(root) || root), repository.list());
      const id = repository.add(root, { ...defaults(settings), ...withoutUndefined(choices), name });
      events.emit('libraries.changed', {});
      return repository.get(id);
    },

    /** The library that is meant where none is named. Throws `not_found` while there is none. */
    getDefault(): Library {
      const found = repository.list().find(({ is_default }) => is_default);
      if (!found) throw new AppError('not_found', 'There is no library yet.');
      return found;
    },
    setDefault(id: number): Library {
      repository.get(id);
      repository.setDefault(id);
      events.emit('libraries.changed', {});
      return repository.get(id);
    },
    /** What lies in a folder inside a library. Throws `outside_library`, `not_found`, `busy` without a library. */
    browse: (path: string) => browse(path, repository.list()),

    /** Throws `not_found`, and `conflict` when the name is another library's. */
    update(id: number, changes: Partial<LibraryChoices>): Library {
      const library = repository.get(id);
      const others = repository.list().filter((other) => other.id !== id);
      if (others.some(({ name }) => name === changes.name)) {
        throw new AppError('conflict', `Another library is called "${changes.name}".`);
      }
      repository.update(id, { ...library, ...withoutUndefined(changes) });
      events.emit('libraries.changed', {});
      return repository.get(id);
    },

    /** Forgets the library and its tracks, some at a time, so that others get their turn. Files are kept. */
    async remove(id: number): Promise<{ removedTracks: number }> {
      repository.get(id);
      await scans.cancel(id);
      await deps.leaves?.(id);
      const removedTracks = await removeTracks(id);
      repository.remove(id);
      events.emit('libraries.changed', {});
      events.emit('tracks.changed', { ids: [] });
      return { removedTracks };
    },

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
    /** Earlier scans, the latest first: of one library, or of all. */
    listScans: history.list,
    /**
     * Forgets every track of a library and what was heard in it; the files are kept. Throws `conflict` during a scan.
     */
    async clear(id: number): Promise<number> {
      const { name } = repository.get(id);
      if (scans.isRunning(id)) throw new AppError('conflict', `"${name}" is being scanned; cancel that first.`);
      const removed = await removeTracks(id);
      events.emit('libraries.changed', {});
      events.emit('tracks.changed', { ids: [] });
      return removed;
    },
    isScanning: (id: number): boolean => scans.isRunning(id),
    /** Begins to notice what changes between scans. */
    watch: watching.start,
    /** Asks the disk whether a library's folder is there; its state follows. */
    isOnline: watching.isOnline,
    offline: watching.offline,
    /** Ends every scan; what they found so far is kept. */
    stop(): Promise<void> {
      watching.stop();
      return scans.stop();
    },
  };
}
export type Libraries = ReturnType<typeof createLibraries>;

async function usableFolder(path: string): Promise<string> {
  try {
    const root = await realpath(resolve(path.replace(/^~(?=$|[/\\])/, homedir())));
    if (!(await stat(root)).isDirectory()) throw new AppError('invalid_input', `${path} is a file, not a folder.`);
    await access(root, constants.R_OK | constants.X_OK);
    return root;
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    const { code } = thrown as NodeJS.ErrnoException;
    const isForbidden = code === 'EACCES' || code === 'EPERM';
    const why = code === 'ENOENT' ? 'is not there' : isForbidden ? 'may not be read' : `cannot be read (${code})`;
    throw new AppError('invalid_input', `The folder ${path} ${why}.`, { cause: thrown });
  }
}

function refuseOverlap(root: string, libraries: readonly Library[]): void {
  for (const { name, root_path } of libraries) {
    if (insideOf(root_path, root) !== null) {
      throw new AppError('conflict', `${root} is already part of the library "${name}".`);
    }
    if (insideOf(root, root_path) !== null) {
      throw new AppError('conflict', `${root} contains the library "${name}" (${root_path}).`);
    }
  }
}

function uniqueName(name: string, libraries: readonly Library[]): string {
  const taken = new Set(libraries.map((library) => library.name));
  let unique = name;
  for (let number = 2; taken.has(unique); number++) unique = `${name} (${number})`;
  return unique;
}

function defaults(settings: Pick<SettingsStore<LibrariesSettings>, 'current'>): Omit<LibraryChoices, 'name'> {
  return {
    is_enabled: true,
    writeMode: settings.current.file_write_mode,
    autoWrite: false,
    keepMtime: true,
    hardLinks: 'skip',
    ignorePatterns: settings.current.library_ignore_patterns,
    watchMode: 'events',
    pollIntervalS: 300,
  };
}

function withoutUndefined<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}

async function libraryOf(path: string, libraries: readonly Library[]): Promise<LibraryPlace | undefined> {
  const real = await realPathOf(resolve(path));
  for (const library of libraries) {
    const inside = insideOf(library.root_path, real);
    if (inside === null) continue;
    refuseTricks(library.root_path, path);
    return { library, path: inside, real };
  }
  return undefined;
}

/** A path that names a file stands for its folder alone. */
async function regionsOf(library: Library, { paths = [], recursive = true }: ScanChoices): Promise<Region[]> {
  const regions: Region[] = [];
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
