import type { Database } from '../../platform/database';
import { knownStamp } from '../../platform/file-stamp';
import type { FoundFile, KnownFile, TrackRepository } from '../tracks';
import { type FileMoved, notifyMoves } from './scan';

/** A place inside a library; the file need not be there. */
export interface TrackPlace {
  readonly libraryId: number;
  /** Relative to the library's root, forward slashes. */
  readonly inside: string;
}

export interface TrackMovesDeps {
  readonly db: Database;
  readonly tracks: Pick<TrackRepository, 'findByPath' | 'place' | 'setAside' | 'markMissing' | 'remove'>;
  readonly moved: FileMoved;
  readonly absolutePath: (place: TrackPlace) => string;
}

/** A track, and where its file is said to be now. */
export interface TrackMove {
  readonly track: KnownFile;
  readonly from: TrackPlace;
  readonly to: TrackPlace;
  /** The file at the new place; undefined when it is not there yet. */
  readonly file: FoundFile | undefined;
}

/** Moves tracks with all that is known of them, together or not at all; they may change places with one another. */
export function createTrackMoves({ db, tracks, moved, absolutePath }: TrackMovesDeps) {
  /** False when the place is taken by a track that was analyzed: then this one is missing. */
  function moveOne({ track, to, file }: TrackMove): boolean {
    const inode = file?.inode ?? track.inode ?? '';
    const there = tracks.findByPath(to.libraryId, to.inside);
    if (there && there.analyzedAt !== null) {
      tracks.place(track.id, { ...track, pathBytes: null, inode: track.inode ?? '' });
      tracks.markMissing([track.id], new Date());
      return false;
    }
    if (there) tracks.remove(there.id);
    tracks.place(track.id, { libraryId: to.libraryId, path: to.inside, pathBytes: null, ...knownStamp(track), inode });
    return true;
  }

  function notify(moves: readonly TrackMove[]): void {
    const placed = moves.map(({ track, from, to }) => {
      const file = { libraryId: to.libraryId, trackId: track.id };
      return { from: absolutePath(from), to: absolutePath(to), file };
    });
    notifyMoves(moved, placed);
  }

  /** Gives the ids of the moved. */
  return db.transaction((moves: readonly TrackMove[]): number[] => {
    for (const { track } of moves) tracks.setAside(track.id);
    const done = moves.filter(moveOne);
    notify(done);
    return done.map(({ track }) => track.id);
  });
}
