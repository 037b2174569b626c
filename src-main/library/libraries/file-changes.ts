import { join } from 'node:path';
import type { Database } from '../../platform/database';
import type { EventBus } from '../../platform/events';
import { findStamp, isSameStamp } from '../../platform/file-stamp';
import { AppError } from '../../rpc';
import { type FoundFile, folderOf, type KnownFile, type StoredTrack, type TrackRepository } from '../tracks';
import type { TracksEvents } from '../tracks/contract';
import type { Library } from './contract';
import { type FileMoved, type FileReaders, type FileToRead, lookInto, preflight, readTags } from './scan';
import { createTrackMoves, type TrackPlace } from './track-moves';

export interface FileChangesDeps extends FileReaders {
  readonly db: Database;
  readonly tracks: TrackRepository;
  readonly events: Pick<EventBus<TracksEvents>, 'emit'>;
  readonly getLibrary: (id: number) => Library;
  readonly moved: FileMoved;
}

export interface FileMove {
  readonly from: TrackPlace;
  readonly to: TrackPlace;
}

/**
 * Takes down what somebody tells of single files, as a scan would that had found it: for servers that say what they
 * did, and need not be searched for it.
 */
export function createFileChanges(deps: FileChangesDeps) {
  const { db, tracks } = deps;
  const never = new AbortController().signal;
  const moveTracks = createTrackMoves({ ...deps, absolutePath: (place) => absolutePath(place) });

  const absolutePath = ({ libraryId, inside }: TrackPlace) => join(deps.getLibrary(libraryId).root_path, inside);

  function known({ libraryId, inside }: TrackPlace): KnownFile | undefined {
    return tracks.listInFolder(libraryId, folderOf(inside)).find(({ path }) => path === inside);
  }

  async function look(place: TrackPlace): Promise<FoundFile | undefined> {
    const stamp = await findStamp(absolutePath(place));
    return stamp && { libraryId: place.libraryId, path: place.inside, pathBytes: null, ...stamp };
  }

  async function read(place: TrackPlace, file: FoundFile, of: KnownFile | undefined): Promise<StoredTrack | undefined> {
    const looks = lookInto(deps.getLibrary(place.libraryId).root_path, deps);
    const item: FileToRead = { kind: of ? 'changed' : 'added', file, known: of ?? null, sameAudio: false };
    await readTags([item], { db, tracks, looks, signal: never, onStored: () => {} });
    const track = tracks.findByPath(place.libraryId, place.inside);
    if (track) deps.events.emit('tracks.changed', { ids: [track.id] });
    return track;
  }

  return {
    /** Reads a file's tags into its track if it has changed, or makes the track; undefined when nothing is there. */
    async read(place: TrackPlace): Promise<StoredTrack | undefined> {
      const file = await look(place);
      const of = known(place);
      if (file && of && !of.isMissing && !of.hasFailed && isSameStamp(of, file)) return tracks.get(of.id);
      return file && read(place, file, of);
    },

    /**
     * The file of a track gave way to another one of the same track: what people said of it stays, it is analyzed anew.
     */
    async replace(from: TrackPlace, to: TrackPlace): Promise<StoredTrack | undefined> {
      const file = await look(to);
      if (!file) return undefined;
      const old = known(from);
      const isTaken = known(to) !== undefined;
      return read(to, file, isTaken || !old ? known(to) : old);
    },

    /**
     * Moves tracks with all that is known of them, together or not at all. A track that is at the new place already
     * gives way, unless it was analyzed: then the other one is marked missing. Gives the ids of the moved.
     */
    async move(moves: readonly FileMove[]): Promise<number[]> {
      const found = await Promise.all(
        moves.map(async (move) => ({ ...move, track: known(move.from), file: await look(move.to) })),
      );
      const ids = moveTracks(found.flatMap(({ track, ...move }) => (track ? [{ ...move, track }] : [])));
      const unknown = found.filter(({ track }) => !track);
      for (const { from, to } of unknown) deps.moved(absolutePath(from), absolutePath(to), { libraryId: to.libraryId });
      deps.events.emit('tracks.changed', { ids: ids.slice(0, 500) });
      return ids;
    },

    /**
     * Marks those tracks missing whose file is gone indeed, and tells which. Throws `busy` when the library itself
     * cannot be reached: then nobody knows.
     */
    async markGone(ids: readonly number[]): Promise<number[]> {
      const gone: number[] = [];
      for (const id of ids) {
        const track = tracks.find(id);
        if (!track || track.missingSince !== null) continue;
        if (!(await look({ libraryId: track.libraryId, inside: track.path }))) gone.push(id);
      }
      const libraries = new Set(gone.map((id) => tracks.get(id).libraryId));
      for (const id of libraries) {
        const offline = await preflight(deps.getLibrary(id).root_path, true);
        // An empty folder is what a library looks like whose last tracks were deleted, or a drive that is not there.
        if (offline) throw new AppError('busy', offline);
      }
      db.transaction(() => tracks.markMissing(gone, new Date()))();
      if (gone.length > 0) deps.events.emit('tracks.changed', { ids: gone.slice(0, 500) });
      return gone;
    },
  };
}
export type FileChanges = ReturnType<typeof createFileChanges>;
