import type { Database } from '../../../platform/database';
import { fullTitle, normalArtist } from './normalise';
import type { SourceTrack } from './source';

type Named = Pick<SourceTrack, 'title' | 'artist' | 'isrc'>;

// The edition is part of the key: whoever chose the studio recording for one line did not choose it for the live one.
const keyOf = ({ title, artist, isrc }: Named) => ({ title: fullTitle(title), artist: normalArtist(artist), isrc });

/** What a person has chosen for a line of a playlist; of the same names, the same ISRC goes first. */
export function createFindRemembered(db: Database): (source: Named) => number | undefined {
  const find = db
    .prepare<[Named], number>(`
    SELECT track_id FROM import_match JOIN track ON track.id = track_id AND state & 1 = 0
    WHERE import_match.title = @title AND import_match.artist = @artist
    ORDER BY isrc = @isrc DESC, created_at DESC LIMIT 1`)
    .pluck();
  return (source) => find.get(keyOf(source));
}

export function createMatchMemory(db: Database, now: () => Date) {
  const put = db.prepare(`
    INSERT OR REPLACE INTO import_match (title, artist, isrc, track_id, created_at)
    VALUES (@title, @artist, @isrc, @trackId, @at)`);
  const remove = db.prepare('DELETE FROM import_match WHERE title = @title AND artist = @artist');
  return {
    remember(source: Named, trackId: number): void {
      put.run({ ...keyOf(source), trackId, at: now().toISOString() });
    },
    /** Forgets what was chosen for these names, whatever the ISRC. */
    forget(source: Named): void {
      const { title, artist } = keyOf(source);
      remove.run({ title, artist });
    },
  };
}
