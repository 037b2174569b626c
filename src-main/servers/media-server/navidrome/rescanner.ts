import type { LocalMusic, LocalPath } from '../../connections';
import type { Rescanner } from '../rescans';
import { type Navidrome, type Navidromes, sharedPlaces, toRemote } from './client';

export interface RescannerDeps {
  readonly navidromes: Pick<Navidromes, 'use'>;
  readonly music: LocalMusic;
  /** The library and the path inside it of an absolute path; undefined outside all libraries. */
  readonly localOf: (path: string) => Promise<LocalPath | undefined>;
}

/** Scans of the folders of Navidrome that are ours, as far as it knows them; else of everything. */
export function createRescanner({ navidromes, music, localOf }: RescannerDeps): Rescanner {
  async function startScan(navidrome: Navidrome, folders: readonly string[]) {
    if ((await navidrome.subsonic.getScanStatus()).scanning) return undefined;
    const local = await Promise.all(folders.map(localOf));
    const known = local.filter((path) => path !== undefined);
    const shared = known.length > 0 ? await sharedPlaces(navidrome, music) : [];
    const seen = known.flatMap((path) => toRemote(shared, path) ?? []);
    const isKept = music
      .libraries()
      .some(({ id, keepMtime }) => keepMtime && known.some((one) => one.libraryId === id));
    // Without newer times Navidrome passes over the files, unless it is told to read every one of these folders.
    await navidrome.subsonic.startScan(targetsOf(seen), isKept && seen.length > 0);
    return { message: messageOf(folders.length, seen.length, music) };
  }

  return {
    isWanted: ({ rescanAfterTagging }) => rescanAfterTagging !== false,
    start: (connectionId, folders) => navidromes.use(connectionId, (navidrome) => startScan(navidrome, folders)),
    isScanning: (connectionId) =>
      navidromes.use(connectionId, async ({ subsonic }) => (await subsonic.getScanStatus()).scanning),
  };
}

const targetsOf = (seen: readonly { remoteId: string; path: string }[]): string[] => [
  ...new Set(seen.map(({ remoteId, path }) => `${remoteId}:${path}`)),
];

function messageOf(folders: number, seen: number, { libraries }: LocalMusic): string | null {
  if (folders === 0 && libraries().some(({ keepMtime }) => keepMtime))
    return 'Too many folders to name. Where a library keeps the times of files, Navidrome needs a full scan to see the new tags.';
  return folders > 0 && seen === 0 ? 'The folders are not known to Navidrome, so it looked at everything.' : null;
}
