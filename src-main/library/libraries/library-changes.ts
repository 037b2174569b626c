import { basename } from 'node:path';
import type { EventBus } from '../../platform/events';
import type { SettingsStore } from '../../platform/settings';
import { AppError, fieldFailure } from '../../rpc';
import type { TrackRepository } from '../tracks';
import type { TracksEvents } from '../tracks/contract';
import type { LibrariesEvents, LibrariesSettings, Library } from './contract';
import { checkRoot } from './library-roots';
import type { Scans } from './scans';
import type { LibraryChoices, LibraryRepository } from './store';

export interface LibraryChangesDeps {
  readonly libraries: LibraryRepository;
  readonly tracks: Pick<TrackRepository, 'removeSome' | 'pruneAlbums'>;
  readonly events: Pick<EventBus<LibrariesEvents & TracksEvents>, 'emit'>;
  readonly settings: Pick<SettingsStore<LibrariesSettings>, 'current'>;
  readonly scans: Pick<Scans, 'cancel' | 'isRunning'>;
  /** Called before a library is forgotten, so that nothing works on its files any more. */
  readonly leaves?: (id: number) => Promise<unknown>;
}

/** So many tracks are removed before others get their turn. */
const REMOVED_AT_ONCE = 200;

/** Adds, changes and forgets libraries. */
export function createLibraryChanges({ libraries, tracks, events, settings, scans, leaves }: LibraryChangesDeps) {
  async function removeTracks(id: number): Promise<number> {
    let removed = 0;
    for (let some = -1; some !== 0; removed += some) {
      some = tracks.removeSome(id, REMOVED_AT_ONCE);
      await new Promise(setImmediate);
    }
    tracks.pruneAlbums();
    return removed;
  }

  function changed(id: number): Library {
    events.emit('libraries.changed', {});
    return libraries.get(id);
  }

  return {
    /** The real path of a folder that could be added. Throws `invalid_input`, `conflict`. */
    check: (path: string): Promise<string> => checkRoot(path, libraries.list()),
    /** Throws as `check` does. */
    async add(rootPath: string, choices: Partial<LibraryChoices> = {}): Promise<Library> {
      const root = await checkRoot(rootPath, libraries.list());
      const name = uniqueName(choices.name ?? (basename(root) || root), libraries.list());
      return changed(libraries.add(root, { ...defaults(settings), ...withoutUndefined(choices), name }));
    },
    setDefault(id: number): Library {
      libraries.get(id);
      libraries.setDefault(id);
      return changed(id);
    },
    /** Throws `not_found`, and `conflict` when the name is another library's. */
    update(id: number, changes: Partial<LibraryChoices>): Library {
      const library = libraries.get(id);
      const others = libraries.list().filter((other) => other.id !== id);
      if (others.some(({ name }) => name === changes.name)) {
        throw fieldFailure('name', `Another library is called "${changes.name}".`, { code: 'conflict' });
      }
      libraries.update(id, { ...library, ...withoutUndefined(changes) });
      return changed(id);
    },
    /** Forgets the library and its tracks, some at a time, so that others get their turn. Files are kept. */
    async remove(id: number): Promise<{ removedTracks: number }> {
      libraries.get(id);
      await scans.cancel(id);
      await leaves?.(id);
      const removedTracks = await removeTracks(id);
      libraries.remove(id);
      events.emit('libraries.changed', {});
      events.emit('tracks.changed', { ids: [] });
      return { removedTracks };
    },
    /** Forgets every track of a library and its analysis; the files are kept. Throws `conflict` during a scan. */
    async clear(id: number): Promise<number> {
      const { name } = libraries.get(id);
      if (scans.isRunning(id)) throw new AppError('conflict', `"${name}" is being scanned; cancel that first.`);
      const removed = await removeTracks(id);
      events.emit('libraries.changed', {});
      events.emit('tracks.changed', { ids: [] });
      return removed;
    },
  };
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
