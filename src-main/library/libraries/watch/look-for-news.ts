import type { TrackRepository } from '../../tracks';
import type { Library } from '../contract';
import type { ScanRegion } from '../scan';
import { compare, emptyComparison, ignoring, type ListFolder, placeShown, walk } from '../scan';

export interface LookDeps {
  readonly tracks: Pick<TrackRepository, 'listInFolder' | 'listFoldersInside'>;
  readonly extensions: ReadonlySet<string>;
  readonly listFolder: ListFolder;
}

/**
 * The folders of a region whose files are not those that are known, each with what it holds now as a string that two
 * looks can be compared by. A folder that cannot be read is not among them.
 */
export async function lookForNews(
  library: Pick<Library, 'id' | 'root_path' | 'ignorePatterns'>,
  region: ScanRegion,
  { tracks, extensions, listFolder }: LookDeps,
  signal: AbortSignal,
): Promise<Map<string, string>> {
  const news = new Map<string, string>();
  const met = new Set<string>();
  const starts = [await placeShown(library.root_path, region.folder)];
  const whyIgnored = ignoring(library.ignorePatterns);
  const options = {
    root: library.root_path,
    starts,
    recursive: region.recursive,
    extensions,
    whyIgnored,
    listFolder,
    signal,
  };
  for await (const folder of walk(options)) {
    met.add(folder.folder);
    if (folder.error) continue;
    const found = emptyComparison();
    compare(folder, tracks, { libraryId: library.id, force: false }, found);
    const present = tracks.listInFolder(library.id, folder.folder).filter(({ isMissing }) => !isMissing);
    const isGone = present.some(({ id }) => !found.seen.has(id));
    if (!isGone && found.added.length + found.changed.length + found.returned.length === 0) continue;
    const files = folder.files.map(({ path, sizeBytes, mtimeMs }) => `${path}|${sizeBytes}|${mtimeMs}`);
    news.set(folder.folder, files.sort().join('\n'));
  }
  const vanished = region.recursive ? tracks.listFoldersInside(library.id, region.folder) : [];
  for (const folder of vanished) if (!met.has(folder)) news.set(folder, '');
  return news;
}
