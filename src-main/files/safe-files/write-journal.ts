import type { Database } from '../../platform/database';
import type { FileVersion, JournalEntry, TagChange, WriteState } from './journal-entry';

interface Row {
  id: number;
  kind: string;
  job_id: number | null;
  track_id: number | null;
  path: string;
  temp_path: string;
  state: WriteState;
  payload_hash: string | null;
  old_size: number | null;
  old_mtime_ms: number | null;
  old_file_hash: string | null;
  new_size: number | null;
  new_mtime_ms: number | null;
  new_file_hash: string | null;
  changes: string;
  created_at: string;
  undone_at: string | null;
}

export type NewEntry = Omit<JournalEntry, 'id' | 'state' | 'createdAt' | 'undoneAt'> & {
  /** Null where there was no file. */
  readonly restore: Buffer | null;
};

const COLUMNS = `id, kind, job_id, track_id, path, temp_path, state, payload_hash, old_size, old_mtime_ms, old_file_hash,
  new_size, new_mtime_ms, new_file_hash, changes, created_at, undone_at`;

/** The SQL of the journal of writes. Each call is durable when it returns (`synchronous = FULL`). */
export function createWriteJournal(db: Database) {
  const insert = db.prepare(`
    INSERT INTO file_write (kind, job_id, track_id, path, temp_path, state, payload_hash, old_size, old_mtime_ms,
      old_file_hash, new_size, new_mtime_ms, new_file_hash, changes, restore, created_at)
    VALUES (@kind, @jobId, @trackId, @path, @tempPath, 'prepared', @payloadHash, @oldSize, @oldMtimeMs,
      @oldFileHash, @newSize, @newMtimeMs, @newFileHash, @changes, @restore, @createdAt)`);
  const setState = db.prepare('UPDATE file_write SET state = ?, undone_at = ? WHERE id = ?');
  const setUndoing = db.prepare(`UPDATE file_write SET state = 'undoing', temp_path = ? WHERE id = ?`);
  const byId = db.prepare<[number], Row>(`SELECT ${COLUMNS} FROM file_write WHERE id = ?`);
  const restoreById = db.prepare<[number], { restore: Buffer | null }>('SELECT restore FROM file_write WHERE id = ?');
  const open = db.prepare<[string], Row>(
    `SELECT ${COLUMNS} FROM file_write WHERE path = ? AND state IN ('prepared', 'undoing') ORDER BY id`,
  );
  const openPaths = db
    .prepare<[], string>(`SELECT DISTINCT path FROM file_write WHERE state IN ('prepared', 'undoing')`)
    .pluck();
  const byJob = db.prepare<[number], Row>(`SELECT ${COLUMNS} FROM file_write WHERE job_id = ? ORDER BY id DESC`);
  const byPath = db.prepare<[string], Row>(`SELECT ${COLUMNS} FROM file_write WHERE path = ? ORDER BY id DESC`);
  const latest = db.prepare<[number], Row>(`SELECT ${COLUMNS} FROM file_write ORDER BY id DESC LIMIT ?`);
  const move = db.prepare('UPDATE file_write SET path = ? WHERE path = ?');
  const addFolder = db.prepare('INSERT INTO file_write_folder (folder) VALUES (?) ON CONFLICT DO NOTHING');
  const folders = db.prepare<[], { folder: string }>('SELECT folder FROM file_write_folder');
  const removeFolder = db.prepare('DELETE FROM file_write_folder WHERE folder = ?');
  const noted = new Set<string>();

  return {
    find(id: number): JournalEntry | undefined {
      const row = byId.get(id);
      return row && toEntry(row);
    },
    /** What leads back to the old file; throws where there was none. */
    getRestore: (id: number): Buffer => restoreById.get(id)!.restore!,
    /** Prepared, or on the way back, the oldest first: what a crash may have left open of a file. */
    listOpen: (path: string): JournalEntry[] => open.all(path).map(toEntry),
    listOpenPaths: (): string[] => openPaths.all(),
    /** Latest first, as the other lists. */
    listByJob: (jobId: number): JournalEntry[] => byJob.all(jobId).map(toEntry),
    listByPath: (path: string): JournalEntry[] => byPath.all(path).map(toEntry),
    listLatest: (limit: number): JournalEntry[] => latest.all(limit).map(toEntry),
    prepare(entry: NewEntry): number {
      const { before, after, changes, ...rest } = entry;
      const createdAt = new Date().toISOString();
      const versions = { ...columnsOf('old', before), ...columnsOf('new', after) };
      const { lastInsertRowid } = insert.run({ ...rest, ...versions, changes: JSON.stringify(changes), createdAt });
      return Number(lastInsertRowid);
    },
    settle(id: number, state: 'written' | 'undone' | 'abandoned'): void {
      setState.run(state, state === 'undone' ? new Date().toISOString() : null, id);
    },
    beginUndo: (id: number, tempPath: string): void => void setUndoing.run(tempPath, id),
    /** The file has another name now, under which it can still be put back. */
    move: (from: string, to: string): void => void move.run(to, from),
    /** Notes the folder before a copy is made there, so that a left-over is found after a crash. */
    noteFolder(folder: string): void {
      if (noted.has(folder)) return;
      addFolder.run(folder);
      noted.add(folder);
    },
    listFolders: (): string[] => folders.all().map(({ folder }) => folder),
    forgetFolder(folder: string): void {
      removeFolder.run(folder);
      noted.delete(folder);
    },
  };
}
export type WriteJournal = ReturnType<typeof createWriteJournal>;

function columnsOf(age: 'old' | 'new', version: FileVersion | null) {
  const { sizeBytes = null, mtimeMs = null, fileHash = null } = version ?? {};
  return { [`${age}Size`]: sizeBytes, [`${age}MtimeMs`]: mtimeMs, [`${age}FileHash`]: fileHash };
}

function toVersion(sizeBytes: number | null, mtimeMs: number | null, fileHash: string | null): FileVersion | null {
  return sizeBytes === null || mtimeMs === null || fileHash === null ? null : { sizeBytes, mtimeMs, fileHash };
}

function toEntry(row: Row): JournalEntry {
  return {
    id: row.id,
    kind: row.kind,
    jobId: row.job_id,
    trackId: row.track_id,
    path: row.path,
    tempPath: row.temp_path,
    state: row.state,
    payloadHash: row.payload_hash,
    before: toVersion(row.old_size, row.old_mtime_ms, row.old_file_hash),
    after: toVersion(row.new_size, row.new_mtime_ms, row.new_file_hash),
    changes: JSON.parse(row.changes) as TagChange[],
    createdAt: row.created_at,
    undoneAt: row.undone_at,
  };
}
