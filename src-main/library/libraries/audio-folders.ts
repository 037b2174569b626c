import { AUDIO_EXTENSIONS } from '../../analysis/audio';
import { ignoring, listFolder, walk } from './scan';

/** Of the files that a scan takes up, without the dot. */
export const EXTENSIONS: ReadonlySet<string> = new Set(AUDIO_EXTENSIONS.map((extension) => extension.slice(1)));

/**
 * Whether a scan of a folder that is no library yet would find anything; stops at the first file. A folder that cannot be
 * read counts as one that does: adding it says what is wrong.
 *
 * @param root absolute and real
 */
export async function holdsAudio(root: string, signal: AbortSignal): Promise<boolean> {
  const starts = [{ path: '', bytes: null }];
  const options = {
    root,
    starts,
    recursive: true,
    extensions: EXTENSIONS,
    whyIgnored: ignoring(''),
    listFolder,
    signal,
  };
  for await (const { folder, files, error } of walk(options)) {
    if (files.length > 0 || (folder === '' && error)) return true;
  }
  return false;
}
