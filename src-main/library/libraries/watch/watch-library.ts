import type { AlarmClock } from '../../../platform/clock';
import type { Scheduler } from '../../../platform/scheduler';
import type { Library } from '../contract';
import { ignoring } from '../scan';
import { type LookDeps, lookForNews } from './look-for-news';
import { isOnNetwork } from './network-mount';
import { createSettling } from './settling';
import { type FolderWatch, watchFolders } from './watch-folders';

export interface WatchLibraryDeps extends LookDeps {
  readonly clock: AlarmClock;
  readonly scheduler: Pick<Scheduler, 'add'>;
  /** Scans folders of a library; false when that is not possible now. */
  readonly scan: (library: Library, folders: readonly string[]) => Promise<boolean>;
  readonly report: (thrown: unknown) => void;
}

export interface WatchedLibrary {
  /** Whether this is still how the library wants to be watched. */
  isAsWanted(library: Library): boolean;
  close(): void;
}

/**
 * Watches one library: by the events of the file system, or by checking it at an interval where that was chosen, where
 * the folder lies on another machine, and where the events fail.
 */
export function watchLibrary(library: Library, deps: WatchLibraryDeps): WatchedLibrary {
  const { clock, scheduler, extensions, report } = deps;
  const leaving = new AbortController();
  const settling = createSettling({
    clock,
    report,
    look: (region) => lookForNews(library, region, deps, leaving.signal),
    scan: (folders) => deps.scan(library, folders),
  });
  let folders: FolderWatch | undefined;
  let stopChecking: () => unknown = () => {};

  function checkRegularly(): void {
    stopChecking();
    stopChecking = scheduler.add({
      name: `libraries.check.${library.id}`,
      label: `Check "${library.name}" for changes`,
      schedule: { everyMs: library.pollIntervalS * 1000 },
      missed: 'skip',
      run: () => settling.touch('', true),
    });
  }

  function follow(): void {
    folders = watchFolders({
      root: library.root_path,
      extensions,
      whyIgnored: ignoring(library.ignorePatterns),
      onTouched: settling.touch,
      onFailed(thrown) {
        report(thrown);
        void folders?.close();
        if (!leaving.signal.aborted) checkRegularly();
      },
    });
    // What happened before each folder was watched is found by a look at all of them.
    folders.ready.then(() => settling.touch('', true), report);
  }

  async function begin(): Promise<void> {
    if (library.watchMode === 'off') return;
    const isChecked = library.watchMode === 'poll' || (await isOnNetwork(library.root_path));
    if (leaving.signal.aborted) return;
    if (isChecked) checkRegularly();
    else follow();
  }
  begin().catch(report);

  return {
    isAsWanted: ({ watchMode, pollIntervalS, ignorePatterns, root_path }) =>
      watchMode === library.watchMode &&
      pollIntervalS === library.pollIntervalS &&
      ignorePatterns === library.ignorePatterns &&
      root_path === library.root_path,
    close() {
      leaving.abort();
      settling.close();
      stopChecking();
      folders?.close().catch(report);
    },
  };
}
