import type { Database } from '../../platform/database';
import { AppError } from '../../rpc';
import type { Track } from './contract';
import { createKnownFiles } from './known-files';
import { createTrackFiles } from './track-files';
import { createTrackList, type TrackQuery, type TrackSelection } from './track-list';
import { createTrackMarks } from './track-marks';
import {
  CONFIDENCES,
  LISTED_COLUMNS,
  type ListedRow,
  type StoredTrack,
  type TrackRow,
  toStoredTrack,
  toTrack,
} from './track-row';
import { sortKey } from './words';

export interface TrackCounts {
  /** Tracks whose file is there. */
  readonly present: number;
  readonly missing: number;
  readonly durationMs: number;
}

/** The SQL of tracks and albums: one face over the lists, what scans read and write, and what jobs mark. */
export function createTrackRepository(db: Database) {
  const row = `SELECT track.*, root_path, ${CONFIDENCES} FROM track JOIN library ON library.id = library_id`;
  const byId = db.prepare<[number], TrackRow>(`${row} WHERE track.id = ?`);
  const listed = db.prepare<[number], ListedRow>(`SELECT ${LISTED_COLUMNS} FROM track WHERE id = ?`);
  const byPath = db.prepare<[number, string], TrackRow>(`${row} WHERE library_id = ? AND path = ?`);
  const inside = db
    .prepare<[number, string, string, number], number>(`
      SELECT id FROM track WHERE library_id = ? AND (folder = ? OR folder GLOB ?) AND state & ? = 0 ORDER BY path`)
    .pluck();
  const failed = db.prepare<[number, number], { path: string; message: string }>(`
    SELECT path, error_message AS message FROM track
    WHERE library_id = ? AND error_code IS NOT NULL AND missing_since IS NULL ORDER BY path LIMIT ?`);
  const ofNomarr = db
    .prepare<[number], number>('SELECT id FROM track WHERE library_id = ? AND nomarr_tags > 0 ORDER BY id')
    .pluck();
  const nomarrCounts = db.prepare<[], { libraryId: number; tracks: number; analyzed: number }>(`
    SELECT library_id AS libraryId, COUNT(*) AS tracks, COUNT(analyzed_at) AS analyzed
    FROM track WHERE nomarr_tags > 0 AND missing_since IS NULL GROUP BY library_id`);
  const counts = db.prepare<[number | null, number | null], TrackCounts>(`
    SELECT COALESCE(SUM(tracks) FILTER (WHERE state & 1 = 0), 0) AS present,
      COALESCE(SUM(tracks) FILTER (WHERE state & 1), 0) AS missing,
      COALESCE(SUM(duration_ms) FILTER (WHERE state & 1 = 0), 0) AS durationMs
    FROM track_count WHERE ? IS NULL OR library_id = ?`);
  const artists = db
    .prepare<[], number>(`
    SELECT COUNT(DISTINCT sort_artist) FROM track INDEXED BY track_by_artist WHERE sort_artist < char(0xffff)`)
    .pluck();
  const albums = db.prepare<[], number>('SELECT COUNT(*) FROM album').pluck();
  const byTitle = db.prepare<[string], TrackRow>(`
    ${row} WHERE sort_title = ? ORDER BY missing_since IS NOT NULL, track.id`);
  const near = db.prepare<[number], TrackRow>(`
    ${row} WHERE track.id >= ? AND missing_since IS NULL AND error_code IS NULL AND path_bytes IS NULL
    ORDER BY track.id LIMIT 1`);
  const lastId = db.prepare<[], number>('SELECT COALESCE(MAX(id), 0) FROM track').pluck();
  const list = createTrackList(db);

  function find(id: number): StoredTrack | undefined {
    const found = byId.get(id);
    return found && toStoredTrack(found);
  }

  return {
    ...createKnownFiles(db),
    ...createTrackFiles(db),
    ...createTrackMarks(db),
    find,
    /** Throws `not_found`. */
    get(id: number): StoredTrack {
      const track = find(id);
      if (!track) throw new AppError('not_found', `There is no track ${id}.`);
      return track;
    },
    /** A few whose files are there and can be read, from all parts of the table. */
    listSample(count: number): StoredTrack[] {
      const last = lastId.get() ?? 0;
      const places = Array.from({ length: count }, (_, i) => near.get(Math.ceil((last * i) / count)));
      return [...new Map(places.flatMap((each) => (each ? [[each.id, toStoredTrack(each)]] : []))).values()];
    },
    /** By the path relative to the library's root, with forward slashes. */
    findByPath(libraryId: number, path: string): StoredTrack | undefined {
      const found = byPath.get(libraryId, path);
      return found && toStoredTrack(found);
    },
    /** Those with this title, whatever its case and accents; the ones whose file is there come first. */
    listByTitle: (title: string): StoredTrack[] => (title === '' ? [] : byTitle.all(sortKey(title)).map(toStoredTrack)),
    /** A page of tracks and how many there are on all pages. */
    list(query: TrackQuery): { items: Track[]; total: number } {
      const { ids, total } = list.page(query);
      return { items: ids.map((id) => toTrack(listed.get(id)!)), total };
    },
    /** The page whose ids were found elsewhere; a track that is gone meanwhile is left out. */
    listFound(ids: readonly number[], query: TrackQuery): { items: Track[]; total: number } {
      const rows = ids.flatMap((id) => listed.get(id) ?? []);
      return { items: rows.map(toTrack), total: list.totalOf(query) };
    },
    /** The ids of a whole selection, in its order, for what is done to all of it. */
    listIds: (selection: TrackSelection): number[] => list.ids(selection),
    /** Ids of the tracks that are there in a folder (empty: the root) and below it: all, or those that are not analyzed. */
    listIdsInside(libraryId: number, folder: string, show: 'all' | 'unanalyzed' = 'all'): number[] {
      // Of a whole library an index tells it, album by album, without reading a row.
      if (folder === '' && show === 'unanalyzed') {
        return list.attemptableIds(libraryId);
      }
      const below = folder === '' ? '*' : `${escapeGlob(folder)}/*`;
      return inside.all(libraryId, folder, below, show === 'all' ? 0b001 : 0b111);
    },
    /** Files whose tags could not be read, with the reason. */
    listFailed: (libraryId: number, limit: number) => failed.all(libraryId, limit),
    /** Ids of the tracks of a library whose files have tags of Nomarr's. */
    listOfNomarr: (libraryId: number): number[] => ofNomarr.all(libraryId),
    /** For each library that has such tracks, how many, and how many of them have an analysis. */
    countOfNomarr: () => nomarrCounts.all(),
    /** How many tracks there are in one library, or in all. */
    count: (libraryId?: number): TrackCounts => counts.get(libraryId ?? null, libraryId ?? null)!,
    countArtists: (): number => artists.get()!,
    countAlbums: (): number => albums.get()!,
  };
}
export type TrackRepository = ReturnType<typeof createTrackRepository>;

function escapeGlob(text: string): string {
  return text.replace(/[[*?]/g, '[$&]');
}
