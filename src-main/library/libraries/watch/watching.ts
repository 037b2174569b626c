import { within } from '../../../platform/clock';
import type { EventBus } from '../../../platform/events';
import type { ScheduledTask } from '../../../platform/scheduler';
import type { LibrariesEvents, Library } from '../contract';
import { preflight } from '../scan';
import type { LibraryRepository } from '../store';
import { type WatchedLibrary, type WatchLibraryDeps, watchLibrary } from './watch-library';

/** How often each library is asked whether it is online. */
const ONLINE_CHECK_MS = 30_000;
/** A share that does not answer in this time is not there. */
const ANSWER_TIMEOUT_MS = 10_000;

export interface WatchingDeps extends WatchLibraryDeps {
  readonly libraries: Pick<LibraryRepository, 'list' | 'find' | 'get' | 'setState' | 'setBack'>;
  /** Begins a scan of a whole library. */
  readonly scanWhole: (id: number) => void;
  readonly events: EventBus<LibrariesEvents>;
  readonly isBack?: (rootPath: string) => Promise<unknown>;
}

/**
 * Notices between scans what happens to the libraries: changes in their folders as each library wants it, and that a
 * drive or share is gone or there again. What is gone is offline, never deleted.
 */
export function createWatching(deps: WatchingDeps) {
  const { libraries, events, clock } = deps;
  const watched = new Map<number, WatchedLibrary>();
  const gone = new Set(libraries.list().flatMap(({ id, state }) => (state === 'offline' ? [id] : [])));
  const asking = new Map<number, Promise<boolean>>();
  let disposables: (() => void)[] = [];
  let isWatching = false;

  /** Whether a library's folder is there, noted in its state. */
  function isOnline(id: number): Promise<boolean> {
    const running = asking.get(id) ?? ask(libraries.get(id)).finally(() => asking.delete(id));
    asking.set(id, running);
    return running;
  }

  async function ask(library: Library): Promise<boolean> {
    const asked = preflight(library.root_path, library.trackCount + library.missingCount > 0);
    const why = (await within(clock, ANSWER_TIMEOUT_MS, asked))
      ? await asked
      : `${library.root_path} does not answer. Is the drive or network share connected?`;
    if (why === null && gone.has(library.id)) await deps.isBack?.(library.root_path).catch(deps.report);
    note(library.id, why);
    return why === null;
  }

  /** A scan that runs meanwhile says itself how it ended. */
  function note(id: number, why: string | null): void {
    const state = libraries.find(id)?.state;
    if (!state) return;
    const isNews = why ? !gone.has(id) || state === 'ready' : gone.has(id) || state === 'offline';
    if (why) gone.add(id);
    else gone.delete(id);
    if (!isNews) return;
    if (why && state !== 'scanning') libraries.setState(id, 'offline', why);
    if (!why && state === 'offline') isBack(id);
    events.emit('libraries.changed', {});
  }

  function isBack(id: number): void {
    libraries.setBack(id);
    if (isWatching && libraries.get(id).is_enabled) deps.scanWhole(id);
  }

  /** Watches what is to be watched, in the way that it is to be, and nothing else. */
  function followChoices(): void {
    const wanted = libraries.list().filter(({ is_enabled, state }) => is_enabled && state !== 'offline');
    for (const library of wanted) {
      const now = watched.get(library.id);
      if (now?.isAsWanted(library)) continue;
      now?.close();
      watched.set(library.id, watchLibrary(library, deps));
    }
    const ids = new Set(wanted.map(({ id }) => id));
    for (const [id, watch] of watched) {
      if (ids.has(id)) continue;
      watch.close();
      watched.delete(id);
    }
  }

  /** A scan that found a library there again, or gone, need not be followed by half a minute of waiting. */
  function askAfterScan({ phase, libraryId: id }: LibrariesEvents['scan.progress']): void {
    if (phase !== 'ended') return;
    const isOffline = libraries.find(id)?.state === 'offline';
    if (isOffline !== gone.has(id)) isOnline(id).catch(deps.report);
  }

  const onlineCheckTask: ScheduledTask = {
    name: 'libraries.online',
    label: 'Check that the folders of the libraries are there',
    schedule: { everyMs: ONLINE_CHECK_MS },
    missed: 'skip',
    run() {
      for (const { id, is_enabled } of libraries.list()) if (is_enabled) isOnline(id).catch(deps.report);
    },
  };

  return {
    isOnline,
    onlineCheckTask,
    /** Libraries whose folder was not there when it was last asked for. */
    offline: (): number[] => [...gone],
    /** Begins to watch; what changed while nobody did is found by a first look at each library. */
    start(): void {
      isWatching = true;
      disposables = [events.on('libraries.changed', followChoices), events.on('scan.progress', askAfterScan)];
      followChoices();
    },
    stop(): void {
      isWatching = false;
      for (const each of disposables) each();
      for (const watch of watched.values()) watch.close();
      watched.clear();
    },
  };
}
