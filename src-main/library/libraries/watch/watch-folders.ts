import { extname, relative, sep } from 'node:path';
import { watch } from 'chokidar';
import type { WhyIgnored } from '../scan';

export interface WatchFoldersOptions {
  readonly root: string;
  readonly extensions: ReadonlySet<string>;
  readonly whyIgnored: WhyIgnored;
  /** Something in a folder, or with `isTree` anywhere below it, may be another; relative to the root. */
  readonly onTouched: (folder: string, isTree: boolean) => void;
  /** The system does not tell (any more): too many folders, or a file system that cannot. */
  readonly onFailed: (thrown: unknown) => void;
}

export interface FolderWatch {
  /** Resolves when every folder is watched. */
  readonly ready: Promise<void>;
  close(): Promise<void>;
}

/**
 * Has the system tell of changes in a folder and all below it. Only folders are watched, not their files: a hundredth
 * of the watches, and a folder tells what happens to each of its files.
 */
export function watchFolders({ root, extensions, whyIgnored, onTouched, onFailed }: WatchFoldersOptions): FolderWatch {
  const placeOf = (path: string) => relative(root, path).replaceAll(sep, '/');
  const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

  function isOfNoInterest(place: string, isFile: boolean): boolean {
    if (place === '') return false;
    const name = nameOf(place);
    return whyIgnored(place, name) !== undefined || (isFile && !extensions.has(extname(name).slice(1).toLowerCase()));
  }

  const watcher = watch(root, {
    ignoreInitial: true,
    followSymlinks: false,
    ignored: (path, stats) =>
      (stats !== undefined && !stats.isDirectory()) || (path !== root && isOfNoInterest(placeOf(path), false)),
  });
  watcher.on('raw', (_event, name: string | null, where) => {
    const folder = placeOf((where as { watchedPath: string }).watchedPath);
    const isAudio = !name || !isOfNoInterest(folder === '' ? name : `${folder}/${name}`, true);
    if (isAudio) onTouched(folder, false);
  });
  watcher.on('addDir', (path) => onTouched(placeOf(path), true));
  watcher.on('unlinkDir', (path) => onTouched(placeOf(path), true));
  watcher.on('error', onFailed);
  return { ready: new Promise((resolve) => watcher.on('ready', resolve)), close: () => watcher.close() };
}
