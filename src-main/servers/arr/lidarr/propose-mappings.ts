import { inferRules, type LocalFile, type Proposal, type RemoteFile } from '../../path-mapping';
import type { LidarrClient } from './lidarr-client';

const MAX_FILES = 200;
const MAX_ARTISTS = 25;
/** So few of each artist that one artist in a folder of their own does not decide for all. */
const FILES_OF_AN_ARTIST = 20;

export interface Proposals {
  readonly items: Proposal[];
  readonly rootFolders: string[];
  readonly compared: number;
}

/** Compares files that a Lidarr knows with those of the libraries, by name and size. */
export async function proposeMappings(
  client: LidarrClient,
  filesOfSizes: (sizes: readonly number[]) => Promise<readonly LocalFile[]>,
): Promise<Proposals> {
  const rootFolders = (await client.rootFolders()).map(({ path }) => path);
  const artists = (await client.artists()).filter(({ statistics }) => (statistics?.trackFileCount ?? 1) > 0);
  const files: RemoteFile[] = [];
  for (const { id } of spread(artists, MAX_ARTISTS)) {
    if (files.length >= MAX_FILES) break;
    const own = await client.trackFiles(id);
    files.push(...spread(own, FILES_OF_AN_ARTIST).map(({ path, size }) => ({ path, sizeBytes: size })));
  }
  const compared = files.slice(0, MAX_FILES);
  const sizes = [...new Set(compared.map(({ sizeBytes }) => sizeBytes))];
  const local = sizes.length > 0 ? await filesOfSizes(sizes) : [];
  const items = inferRules(compared, local, rootFolders);
  return {
    items: items.filter(({ remotePrefix, localPrefix }) => remotePrefix !== localPrefix),
    rootFolders,
    compared: compared.length,
  };
}

/** So many of a list, evenly from its beginning to its end. */
function spread<T>(items: readonly T[], most: number): T[] {
  if (items.length <= most) return [...items];
  return Array.from({ length: most }, (_, at) => items[Math.floor((at * items.length) / most)]);
}
