import { LISTED_COLUMNS, type ListedRow, type Track, toTrack } from '../../../library/tracks';
import type { Database } from '../../../platform/database';
import { createLibraryIndex, type LibraryIndex } from './library-index';
import { type Match, matchTrack } from './match-track';
import { createFindRemembered } from './remembered-matches';
import type { SourceTrack } from './source';

/** A match with the tracks that it speaks of. */
export interface MatchedSource {
  readonly match: Match;
  readonly tracks: readonly Track[];
}

/** What the reader thread does for imports: compares with the whole library. */
export function createImportQueries(db: Database) {
  const libraryIndex = createLibraryIndex(db);
  const remembered = createFindRemembered(db);
  const listed = db.prepare<[number], ListedRow>(`SELECT ${LISTED_COLUMNS} FROM track WHERE id = ?`);

  function match(index: LibraryIndex, source: SourceTrack): MatchedSource {
    const chosen = remembered(source);
    const match: Match =
      chosen === undefined
        ? matchTrack(index, source)
        : { kind: 'matched', id: chosen, method: 'remembered', confidence: 1 };
    const tracks = idsOf(match).map((id) => toTrack(listed.get(id)!));
    return { match, tracks };
  }

  return {
    /** Some at a time, so that other questions get their turn in between. */
    'playlistImport.match': ({ sources }: { sources: readonly SourceTrack[] }): MatchedSource[] => {
      const index = libraryIndex();
      return sources.map((source) => match(index, source));
    },
  };
}

function idsOf(match: Match): number[] {
  if (match.kind === 'matched') return [match.id];
  return match.kind === 'ambiguous' ? match.candidates.map(({ id }) => id) : [];
}
