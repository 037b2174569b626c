import type { Database } from '../../platform/database';
import type { KnownStamp } from '../../platform/file-stamp';
import { TEXTS_EDITION } from './track-files';

/** What a scan has to know of a track to compare it with the file. */
export interface KnownFile extends KnownStamp {
  readonly id: number;
  readonly libraryId: number;
  readonly path: string;
  readonly inode: string | null;
  readonly durationMs: number | null;
  readonly payloadHash: string | null;
  readonly isMissing: boolean;
  /** Its tags could not be read the last time. */
  readonly hasFailed: boolean;
  /** An earlier reader has read its tags, which knew less than the one of now. */
  readonly isOutdated?: boolean;
}

interface Row {
  id: number;
  library_id: number;
  path: string;
  size_bytes: number;
  mtime_ms: number;
  inode: string | null;
  duration_ms: number | null;
  payload_hash: string | null;
  missing_since: string | null;
  error_code: string | null;
  edition: number | null;
}

const COLUMNS = `id, library_id, path, size_bytes, mtime_ms, inode, duration_ms, payload_hash, missing_since, error_code,
  (SELECT edition FROM track_text WHERE track_id = track.id) AS edition`;

/** What scans ask of the tracks that are known already. */
export function createKnownFiles(db: Database) {
  const inFolder = db.prepare<[number, string], Row>(
    `SELECT ${COLUMNS} FROM track WHERE library_id = ? AND folder = ?`,
  );
  const foldersInside = db.prepare<{ libraryId: number; folder: string; below: string }, { folder: string }>(`
    SELECT DISTINCT folder FROM track
    WHERE library_id = @libraryId AND missing_since IS NULL
      AND (@folder = '' OR folder = @folder OR substr(folder, 1, length(@below)) = @below)`);
  const presentAfter = db.prepare<[number, number, number], Row>(`
    SELECT ${COLUMNS} FROM track
    WHERE library_id = ? AND missing_since IS NULL AND id > ? ORDER BY id LIMIT ?`);
  const missing = db.prepare<[number], Row>(`
    SELECT ${COLUMNS} FROM track INDEXED BY track_missing
    WHERE missing_since IS NOT NULL ORDER BY missing_since DESC LIMIT ?`);

  return {
    listInFolder: (libraryId: number, folder: string): KnownFile[] => inFolder.all(libraryId, folder).map(toKnown),
    /** The folders, at or below one, that hold tracks which are not missing. */
    listFoldersInside: (libraryId: number, folder: string): string[] =>
      foldersInside.all({ libraryId, folder, below: `${folder}/` }).map((row) => row.folder),
    /** Tracks of a library that are not missing, a page at a time by id. */
    listPresentAfter: (libraryId: number, afterId: number, limit: number): KnownFile[] =>
      presentAfter.all(libraryId, afterId, limit).map(toKnown),
    /** Tracks of every library whose file is gone, the latest first. */
    listMissing: (limit: number): KnownFile[] => missing.all(limit).map(toKnown),
  };
}

function toKnown(row: Row): KnownFile {
  return {
    id: row.id,
    libraryId: row.library_id,
    path: row.path,
    sizeBytes: row.size_bytes,
    mtimeMs: row.mtime_ms,
    inode: row.inode,
    durationMs: row.duration_ms,
    payloadHash: row.payload_hash,
    isMissing: row.missing_since !== null,
    hasFailed: row.error_code !== null,
    isOutdated: row.edition !== null && row.edition < TEXTS_EDITION,
  };
}
