import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrackMetadata } from '../../../files/tag-formats';
import { findStamp, isSameStamp } from '../../../platform/file-stamp';
import { AppError, toFailure } from '../../../rpc';
import type { FoundFile, ReadTags, StoredTrack, TrackRepository } from '../../tracks';
import { hashOf } from './stored-analysis';

export interface EnsureTrackDeps {
  readonly tracks: Pick<TrackRepository, 'findByPath' | 'get' | 'add' | 'place' | 'update'>;
  /** The library that holds a file, and the file's path in it; undefined outside all of them. */
  readonly libraryOf: (
    path: string,
  ) => Promise<{ library: { id: number; root_path: string }; path: string } | undefined>;
  readonly readMetadata: (path: string) => Promise<TrackMetadata>;
  /** SHA-256 of a file's audio without its tags. */
  readonly payloadHash: (path: string) => Promise<string>;
}

/**
 * Gives the track of a file, and makes it when no scan has seen the file yet: what Lidarr imports shall not wait for
 * the next scan. Throws `outside_library` and `not_found`.
 */
export function createEnsureTrack({ tracks, libraryOf, readMetadata, payloadHash }: EnsureTrackDeps) {
  async function readTags(path: string): Promise<ReadTags> {
    try {
      return { metadata: await readMetadata(path) };
    } catch (thrown) {
      const { code, message } = toFailure(thrown);
      if (code === 'not_found') throw thrown;
      return { failure: { code, message } };
    }
  }

  /** What came to the place of a file that was gone may be another one. */
  async function thereAgain(known: StoredTrack, path: string, file: FoundFile): Promise<StoredTrack> {
    if (isSameStamp(known, file)) tracks.place(known.id, file);
    else {
      const tags = await readTags(path);
      const isSameAudio = known.payloadHash !== null && (await hashOf(payloadHash, path)) === known.payloadHash;
      tracks.update(known.id, file, tags, isSameAudio);
    }
    return tracks.get(known.id);
  }

  return async function ensureTrack(path: string): Promise<StoredTrack> {
    const place = await libraryOf(path);
    if (!place) throw new AppError('outside_library', `${path} is not inside any library.`);
    const { library } = place;
    const known = tracks.findByPath(library.id, place.path);
    if (known && known.missingSince === null) return known;
    const file = await foundFile(path, library.id, place.path);
    const spelled = known ? place.path : await asSpelled(library.root_path, place.path);
    if (spelled !== place.path) return ensureTrack(join(library.root_path, spelled));
    if (known) return thereAgain(known, path, file);
    const tags = await readTags(path);
    // A scan may have come first while the tags were read.
    return tracks.findByPath(library.id, place.path) ?? tracks.get(tracks.add(file, tags));
  };
}

async function foundFile(path: string, libraryId: number, inside: string): Promise<FoundFile> {
  const stamp = await findStamp(path);
  if (!stamp) throw new AppError('not_found', `${path} is not there any more.`);
  return { libraryId, path: inside, pathBytes: null, ...stamp };
}

/**
 * The path of a file that is there as its folders spell it, which a drive that ignores letter case does not ask for.
 */
async function asSpelled(root: string, path: string): Promise<string> {
  const form = (name: string) => name.normalize('NFC').toLowerCase();
  const spelled: string[] = [];
  for (const part of path.split('/')) {
    const names = await readdir(join(root, ...spelled)).catch(() => [part]);
    spelled.push(names.includes(part) ? part : (names.find((name) => form(name) === form(part)) ?? part));
  }
  return spelled.join('/');
}
