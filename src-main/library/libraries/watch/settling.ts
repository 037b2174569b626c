import type { AlarmClock } from '../../../platform/clock';
import type { ScanRegion } from '../scan';

/** How long nothing may change in a folder before it is looked at. */
export const QUIET_MS = 2000;
/** How long to wait where a scan was not possible: another runs, or a person is asked something first. */
const REFUSED_MS = 30_000;
/** So many folders are scanned at once; more are scanned in several goes. */
const FOLDERS_AT_ONCE = 200;

export interface SettlingDeps {
  readonly clock: AlarmClock;
  /** The folders of a region that hold something new, each with a signature of what it holds. */
  readonly look: (region: ScanRegion) => Promise<Map<string, string>>;
  /** Scans these folders; false when that is not possible now. */
  readonly scan: (folders: readonly string[]) => Promise<boolean>;
  readonly report: (thrown: unknown) => void;
}

/**
 * Collects touched folders until they are settled: nothing was told of them for a while, and two looks, as far apart,
 * found the same. A file that is still being written holds back its own folder only.
 */
export function createSettling({ clock, look, scan, report }: SettlingDeps) {
  const touched = new Map<string, ScanRegion & { readonly at: number }>();
  const seen = new Map<string, string>();
  let cancel: (() => void) | undefined;
  let isBusy = false;
  let isClosed = false;
  let isRefused = false;

  function touch(folder: string, recursive: boolean): void {
    const before = touched.get(folder);
    touched.set(folder, { folder, recursive: recursive || before?.recursive === true, at: clock.now() });
    arm();
  }

  function arm(): void {
    if (cancel || isBusy || isClosed || touched.size + seen.size === 0) return;
    cancel = clock.after(isRefused ? REFUSED_MS : QUIET_MS, () => {
      cancel = undefined;
      isBusy = true;
      settle()
        .catch(report)
        .finally(() => {
          isBusy = false;
          arm();
        });
    });
  }

  /** What was touched long enough ago, and what had news at the last look. */
  function takeQuiet(): ScanRegion[] {
    const restless = new Set<string>();
    const quiet = new Map<string, ScanRegion>([...seen.keys()].map((folder) => [folder, { folder, recursive: false }]));
    for (const [folder, region] of touched) {
      if (clock.now() - region.at < QUIET_MS) restless.add(folder);
      else {
        touched.delete(folder);
        quiet.set(folder, region);
      }
    }
    return [...quiet.values()].filter(({ folder }) => !restless.has(folder));
  }

  async function settle(): Promise<void> {
    const settled = new Set<string>();
    for (const region of takeQuiet()) {
      const news = await look(region);
      if (!news.has(region.folder)) seen.delete(region.folder);
      for (const [folder, signature] of news) {
        if (seen.get(folder) === signature) settled.add(folder);
        seen.set(folder, signature);
      }
    }
    const folders = [...settled].slice(0, FOLDERS_AT_ONCE);
    isRefused = folders.length > 0 && !(await scan(folders));
    if (isRefused) return;
    for (const folder of folders) seen.delete(folder);
  }

  return {
    /** @param recursive whether anything below the folder may be another too */
    touch,
    close(): void {
      isClosed = true;
      cancel?.();
    },
  };
}
