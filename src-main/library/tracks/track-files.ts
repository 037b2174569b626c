import { posix } from 'node:path';
import type { TrackMetadata } from '../../files/tag-formats';
import type { Database } from '../../platform/database';
import type { FileStamp } from '../../platform/file-stamp';
import { sortKey, wordsOf } from './words';

/** A file as a scan met it on disk. */
export interface FoundFile extends Pick<FileStamp, 'sizeBytes' | 'mtimeMs' | 'inode'> {
  readonly libraryId: number;
  /** Relative to the library's root, forward slashes. */
  readonly path: string;
  /** The relative path's raw bytes, where it is not UTF-8. */
  readonly pathBytes: Buffer | null;
}

/** What reading a file's tags came to. */
export type ReadTags =
  | { readonly metadata: TrackMetadata }
  | { readonly failure: { readonly code: string; readonly message: string } };

/** Grows when the reader learns to read more: files are read again that an earlier one has read. */
export const TEXTS_EDITION = 4;

const FILE_COLUMNS = ['library_id', 'path', 'path_bytes', 'folder', 'size_bytes', 'mtime_ms', 'inode', 'scanned_at'];
const TAG_COLUMNS = [
  ...['container', 'duration_ms', 'sample_rate', 'channels', 'bitrate', 'title', 'artist', 'album', 'album_id'],
  ...['genre', 'year', 'track_number', 'disc_number', 'sort_title', 'sort_artist', 'sort_album'],
  ...['error_code', 'error_message', 'nomarr_tags', 'duration_is_estimate'],
];
const setting = (columns: readonly string[]) => columns.map((column) => `${column} = @${column}`).join(', ');

/** What scans write: files and their tags. Callers bundle several calls in a transaction. */
export function createTrackFiles(db: Database) {
  const columns = [...FILE_COLUMNS, ...TAG_COLUMNS, 'added_at'];
  const insert = db.prepare(`
    INSERT INTO track (${columns.join(', ')}) VALUES (${columns.map((column) => `@${column}`).join(', ')})`);
  const update = db.prepare(`
    UPDATE track SET ${setting([...FILE_COLUMNS, ...TAG_COLUMNS])}, missing_since = NULL WHERE id = @id`);
  const updateFile = db.prepare(`UPDATE track SET ${setting(FILE_COLUMNS)}, missing_since = NULL WHERE id = @id`);
  // No file can have this path.
  const aside = db.prepare('UPDATE track SET path = char(0) || id WHERE id = ?');
  const forgetAnalysis = db.prepare(`
    UPDATE track SET payload_hash = NULL, analyzed_at = NULL, analysis_version = NULL, bpm = NULL, musical_key = NULL,
      is_incomplete = 0
    WHERE id = ?`);
  const keepTexts = db.prepare(
    'INSERT OR REPLACE INTO track_text (track_id, texts, lyrics, edition) VALUES (?, ?, ?, ?)',
  );
  const index = db.prepare('INSERT OR REPLACE INTO track_search (rowid, words) VALUES (?, ?)');
  const albumId = db.prepare<[string, string], number>('SELECT id FROM album WHERE title = ? AND artist = ?').pluck();
  const addAlbum = db.prepare('INSERT INTO album (title, artist) VALUES (?, ?)');
  const prune = db.prepare('DELETE FROM album WHERE NOT EXISTS (SELECT 1 FROM track WHERE album_id = album.id)');
  const texts = db.prepare<[number], { title: string; artist: string; album: string; genre: string }>(
    'SELECT title, artist, album, genre FROM track WHERE id = ?',
  );

  function albumOf({ album, albumArtist, artist }: TrackMetadata): number | null {
    if (!album) return null;
    const by = albumArtist ?? artist ?? '';
    return albumId.get(album, by) ?? Number(addAlbum.run(album, by).lastInsertRowid);
  }

  function tagValues(file: FoundFile, read: ReadTags) {
    const metadata = 'metadata' in read ? read.metadata : UNREAD;
    const failure = 'failure' in read ? read.failure : null;
    const title = metadata.title ?? posix.parse(file.path).name;
    const artist = metadata.artist ?? '';
    const album = metadata.album ?? '';
    return {
      container: metadata.container,
      duration_ms: possible(metadata.durationMs, MAX_DURATION_MS),
      sample_rate: possible(metadata.sampleRate, MAX_SAMPLE_RATE),
      channels: possible(metadata.channels, MAX_CHANNELS),
      bitrate: possible(metadata.bitrate, Number.MAX_SAFE_INTEGER),
      title,
      artist,
      album,
      album_id: albumOf(metadata),
      genre: metadata.genre ?? '',
      year: metadata.year,
      track_number: metadata.trackNumber,
      disc_number: metadata.discNumber,
      sort_title: sortKey(title),
      sort_artist: sortKey(artist),
      sort_album: sortKey(album),
      error_code: failure?.code ?? null,
      error_message: failure?.message ?? null,
      nomarr_tags: metadata.nomarrTags ?? 0,
      duration_is_estimate: metadata.isDurationEstimated ? 1 : 0,
    };
  }

  function makeFindable(
    id: number,
    path: string,
    said: { title: string; artist: string; album: string; genre: string },
  ) {
    index.run(id, wordsOf(`${said.title} ${said.artist} ${said.album} ${said.genre} ${path}`));
  }

  /** A file that cannot be read says what it said before. */
  function storeTexts(id: number, read: ReadTags): void {
    if (!('metadata' in read)) return;
    const { texts = {}, lyrics = null } = read.metadata;
    keepTexts.run(id, JSON.stringify(texts), lyrics, TEXTS_EDITION);
  }

  return {
    /** Adds the track of a new file. */
    add(file: FoundFile, read: ReadTags): number {
      const values = { ...fileValues(file), ...tagValues(file, read), added_at: new Date().toISOString() };
      const id = Number(insert.run(values).lastInsertRowid);
      makeFindable(id, file.path, values);
      storeTexts(id, read);
      return id;
    },
    /** What is in the file now, at the path where it is now. `sameAudio` keeps its analysis. */
    update(id: number, file: FoundFile, read: ReadTags, sameAudio: boolean): void {
      const values = tagValues(file, read);
      update.run({ id, ...fileValues(file), ...values });
      if (!sameAudio) forgetAnalysis.run(id);
      makeFindable(id, file.path, values);
      storeTexts(id, read);
    },
    /** The file itself is as it was, but perhaps at another path; a missing track is there again. */
    place(id: number, file: FoundFile): void {
      updateFile.run({ id, ...fileValues(file) });
      makeFindable(id, file.path, texts.get(id)!);
    },
    /** Takes a track out of the way of another that gets its path, until it is placed itself. */
    setAside(id: number): void {
      aside.run(id);
    },
    /** Removes the albums that have no track any more. */
    pruneAlbums: (): number => prune.run().changes,
  };
}

function fileValues(file: FoundFile) {
  return {
    library_id: file.libraryId,
    path: file.path,
    path_bytes: file.pathBytes,
    folder: folderOf(file.path),
    size_bytes: file.sizeBytes,
    mtime_ms: file.mtimeMs,
    inode: file.inode,
    scanned_at: new Date().toISOString(),
  };
}

/** The folder of a relative path; empty for the library's root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** A month; every rate of DSD and PCM; more than any layout has. What is beyond is a number that nobody meant. */
const MAX_DURATION_MS = 31 * 24 * 3_600_000;
const MAX_SAMPLE_RATE = 50_000_000;
const MAX_CHANNELS = 255;

/** A header may say anything; what cannot be is not stored. */
const possible = (value: number | null, most: number): number | null =>
  value !== null && value > 0 && value <= most ? value : null;

const UNREAD: TrackMetadata = {
  container: null,
  durationMs: null,
  sampleRate: null,
  channels: null,
  bitrate: null,
  title: null,
  artist: null,
  albumArtist: null,
  album: null,
  genre: null,
  year: null,
  trackNumber: null,
  discNumber: null,
};
