import type { Database } from '../../../platform/database';
import { byName } from '../../../platform/natural-order';
import { AppError } from '../../../rpc';
import type { TrackRepository } from '../../tracks';
import type { Library, WatchMode, WriteMode } from '../contract';
import { sayPassedOver } from './passed-over';

interface LibraryRow {
  id: number;
  name: string;
  root_path: string;
  is_enabled: number;
  is_default: number;
  write_mode: WriteMode;
  auto_write: number;
  keep_mtime: number;
  hard_links: Library['hardLinks'];
  ignore_patterns: string;
  watch_mode: WatchMode;
  poll_interval_s: number;
  state: Exclude<Library['state'], 'pending'>;
  state_message: string | null;
  last_scan_at: string | null;
  passed_over: string | null;
  created_at: string;
  updated_at: string;
}

/** What a person may choose for a library. */
export type LibraryChoices = Pick<
  Library,
  | 'name'
  | 'is_enabled'
  | 'writeMode'
  | 'autoWrite'
  | 'keepMtime'
  | 'hardLinks'
  | 'ignorePatterns'
  | 'watchMode'
  | 'pollIntervalS'
>;

/** Something that a scan could not look into: the path relative to the library's root, and why. */
export interface ScanError {
  readonly path: string;
  readonly message: string;
}

/** The SQL of libraries. Their numbers of tracks come from the repository of tracks. */
export function createLibraryRepository(db: Database, tracks: Pick<TrackRepository, 'count'>) {
  const rows = `SELECT library.*, (SELECT passed_over FROM scan_run
      WHERE library_id = library.id AND passed_over IS NOT NULL ORDER BY scan_run.id DESC LIMIT 1) AS passed_over
    FROM library`;
  const all = db.prepare<[], LibraryRow>(`${rows} ORDER BY id`);
  const byId = db.prepare<[number], LibraryRow>(`${rows} WHERE id = ?`);
  const insert = db.prepare(`
    INSERT INTO library (name, root_path, is_enabled, is_default, write_mode, auto_write, keep_mtime, hard_links,
      ignore_patterns, watch_mode, poll_interval_s, created_at, updated_at)
    VALUES (@name, @root_path, @is_enabled, NOT EXISTS (SELECT 1 FROM library), @write_mode, @auto_write, @keep_mtime,
      @hard_links, @ignore_patterns, @watch_mode, @poll_interval_s, @now, @now)`);
  const update = db.prepare(`
    UPDATE library SET name = @name, is_enabled = @is_enabled, write_mode = @write_mode, auto_write = @auto_write,
      keep_mtime = @keep_mtime, hard_links = @hard_links, ignore_patterns = @ignore_patterns,
      watch_mode = @watch_mode, poll_interval_s = @poll_interval_s, updated_at = @now
    WHERE id = @id`);
  const setState = db.prepare('UPDATE library SET state = ?, state_message = ? WHERE id = ?');
  const setScanned = db.prepare('UPDATE library SET last_scan_at = ? WHERE id = ?');
  const resetScanning = db.prepare(`
    UPDATE library SET state = 'ready', state_message = 'The last scan was interrupted.' WHERE state = 'scanning'`);
  const remove = db.prepare('DELETE FROM library WHERE id = ?');
  const nextDefault = db.prepare(`
    UPDATE library SET is_default = 1
    WHERE id = (SELECT MIN(id) FROM library) AND NOT EXISTS (SELECT 1 FROM library WHERE is_default = 1)`);
  const setDefault = db.prepare(
    'UPDATE library SET is_default = (id = ?), updated_at = ? WHERE is_default = 1 OR id = ?',
  );
  const clearErrors = db.prepare(`
    DELETE FROM scan_folder WHERE library_id = ? AND (? = '' OR folder = ? OR substr(folder, 1, length(?)) = ?)`);
  const addError = db.prepare('INSERT OR REPLACE INTO scan_folder VALUES (?, ?, ?, ?)');
  const errors = db.prepare<[number, number], ScanError>(`
    SELECT folder AS path, error_message AS message FROM scan_folder WHERE library_id = ? ORDER BY folder LIMIT ?`);

  /** Libraries whose folder was not there for a time and was not looked into since. */
  const unchecked = new Set<number>();

  function toLibrary(row: LibraryRow): Library {
    const { present, missing } = tracks.count(row.id);
    const isPending = row.state === 'ready' && (row.last_scan_at === null || unchecked.has(row.id));
    return {
      id: row.id,
      name: row.name,
      root_path: row.root_path,
      is_enabled: row.is_enabled === 1,
      is_default: row.is_default === 1,
      created_at: row.created_at,
      updated_at: row.updated_at,
      writeMode: row.write_mode,
      autoWrite: row.auto_write === 1,
      keepMtime: row.keep_mtime === 1,
      hardLinks: row.hard_links,
      ignorePatterns: row.ignore_patterns,
      watchMode: row.watch_mode,
      pollIntervalS: row.poll_interval_s,
      state: isPending ? 'pending' : row.state,
      stateMessage: row.state_message,
      passedOver: row.passed_over === null ? null : sayPassedOver(JSON.parse(row.passed_over)),
      lastScanAt: row.last_scan_at,
      trackCount: present,
      missingCount: missing,
    };
  }

  function find(id: number): Library | undefined {
    const row = byId.get(id);
    return row && toLibrary(row);
  }

  return {
    list: (): Library[] =>
      all
        .all()
        .map(toLibrary)
        .sort((a, b) => byName(a.name, b.name)),
    find,
    /** Throws `not_found`. */
    get(id: number): Library {
      const library = find(id);
      if (!library) throw new AppError('not_found', `There is no library ${id}.`);
      return library;
    },
    add: (rootPath: string, choices: LibraryChoices): number =>
      Number(insert.run({ ...toColumns(choices), root_path: rootPath }).lastInsertRowid),
    update: (id: number, choices: LibraryChoices): void => void update.run({ ...toColumns(choices), id }),
    /** One library at a time is the default. */
    setDefault: (id: number): void => void setDefault.run(id, new Date().toISOString(), id),
    setState(id: number, state: LibraryRow['state'], message: string | null): void {
      unchecked.delete(id);
      setState.run(state, message, id);
    },
    /** Its folder is there again; what is in it is known when a scan has ended. */
    setBack(id: number): void {
      setState.run('ready', null, id);
      unchecked.add(id);
    },
    setScanned: (id: number, at: Date): void => void setScanned.run(at.toISOString(), id),
    /** No scan survives the end of the application. */
    resetScanning: (): void => void resetScanning.run(),
    /** Removes the library with what tracks it still has; another becomes the default. */
    remove(id: number): void {
      remove.run(id);
      nextDefault.run();
    },
    /** Forgets the errors of a folder (empty: of all the library) and below it. */
    clearErrors: (id: number, folder: string): void =>
      void clearErrors.run(id, folder, folder, `${folder}/`, `${folder}/`),
    addErrors: db.transaction((id: number, found: readonly ScanError[], at: Date): void => {
      for (const { path, message } of found) addError.run(id, path, message, at.toISOString());
    }),
    listErrors: (id: number, limit: number): ScanError[] => errors.all(id, limit),
  };
}
export type LibraryRepository = ReturnType<typeof createLibraryRepository>;

function toColumns(choices: LibraryChoices) {
  return {
    name: choices.name,
    is_enabled: choices.is_enabled ? 1 : 0,
    write_mode: choices.writeMode,
    auto_write: choices.autoWrite ? 1 : 0,
    keep_mtime: choices.keepMtime ? 1 : 0,
    hard_links: choices.hardLinks,
    ignore_patterns: choices.ignorePatterns,
    watch_mode: choices.watchMode,
    poll_interval_s: choices.pollIntervalS,
    now: new Date().toISOString(),
  };
}
